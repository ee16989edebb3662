namespace ActorDns.Kernel;

/// <summary>An actor that takes everything that waits as one batch: one commit for many requests.</summary>
/// <typeparam name="TMessage">The closed base of the actor's messages.</typeparam>
public abstract class BatchActor<TMessage> : ActorBase<TMessage>
    where TMessage : notnull
{
    private const int DefaultMaxBatchMessages = 256;

    /// <summary>Most actors never see more at once; the buffer grows for those that do.</summary>
    private const int FirstBufferMessages = 4;

    /// <summary>The most messages handed over at once; the same for the life of an instance.</summary>
    protected virtual int MaxBatchMessages => DefaultMaxBatchMessages;

    /// <summary>Handles a batch of at least one message, in the order they came.</summary>
    /// <param name="batch">The messages. The memory is used again: valid only until the returned task completes.</param>
    /// <param name="ctx">The actor's context.</param>
    protected abstract ValueTask ReceiveAsync(ReadOnlyMemory<TMessage> batch, ActorContext<TMessage> ctx);

    internal sealed override async Task RunAsync(ActorCell<TMessage> cell)
    {
        TMessage[] buffer = new TMessage[Math.Min(FirstBufferMessages, MaxBatchMessages)];
        while (!cell.IsStopRequested)
        {
            if (Fill(cell, ref buffer) is > 0 and int count)
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

    private int Fill(ActorCell<TMessage> cell, ref TMessage[] buffer)
    {
        int most = MaxBatchMessages;
        int count = 0;
        while (count < most && cell.TryTake(out TMessage? message, startOfTurn: count == 0))
        {
            if (count == buffer.Length)
                Array.Resize(ref buffer, Math.Min(most, 2 * count));
            buffer[count++] = message;
            cell.InHand = buffer.AsMemory(0, count);
        }
        return count;
    }
}
