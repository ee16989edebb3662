namespace ActorDns.Kernel;

/// <summary>An actor that takes everything that waits as one batch: one commit for many requests.</summary>
/// <typeparam name="TMessage">The closed base of the actor's messages.</typeparam>
public abstract class BatchActor<TMessage> : ActorBase<TMessage>
    where TMessage : notnull
{
    private const int DefaultMaxBatchMessages = 256;

    /// <summary>The most messages handed over at once; read once per instance.</summary>
    protected virtual int MaxBatchMessages => DefaultMaxBatchMessages;

    /// <summary>Handles a batch of at least one message, in the order they came.</summary>
    /// <param name="batch">The messages. The memory is used again: valid only until the returned task completes.</param>
    /// <param name="ctx">The actor's context.</param>
    protected abstract ValueTask ReceiveAsync(ReadOnlyMemory<TMessage> batch, ActorContext<TMessage> ctx);

    internal sealed override async Task RunAsync(ActorCell<TMessage> cell)
    {
        TMessage[] buffer = new TMessage[MaxBatchMessages];
        while (!cell.IsStopRequested)
        {
            if (Fill(cell, buffer) is > 0 and int count)
            {
                await ReceiveAsync(cell.InHand, cell.Context);
                Array.Clear(buffer, 0, count);
                await cell.HandledAsync(count);
            }
            else if (!await cell.WaitForMailAsync())
            {
                return;
            }
        }
    }

    private static int Fill(ActorCell<TMessage> cell, TMessage[] buffer)
    {
        int count = 0;
        while (count < buffer.Length && cell.TryTake(out TMessage? message, startOfTurn: count == 0))
        {
            buffer[count++] = message;
            cell.InHand = buffer.AsMemory(0, count);
        }
        return count;
    }
}
