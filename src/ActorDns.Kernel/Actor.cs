namespace ActorDns.Kernel;

/// <summary>An actor that handles one message at a time, in order. The next waits until the returned task has completed.</summary>
/// <typeparam name="TMessage">The closed base of the actor's messages.</typeparam>
public abstract class Actor<TMessage> : ActorBase<TMessage>
    where TMessage : notnull
{
    /// <summary>Handles one message. What it throws goes to the strategy in the actor's <see cref="Props{TMessage}"/>.</summary>
    protected abstract ValueTask ReceiveAsync(TMessage message, ActorContext<TMessage> ctx);

    internal sealed override async Task RunAsync(ActorCell<TMessage> cell)
    {
        TMessage[] inHand = new TMessage[1];
        while (!cell.IsStopRequested)
        {
            if (cell.TryTake(out TMessage? message))
            {
                inHand[0] = message;
                cell.InHand = inHand;
                await ReceiveAsync(message, cell.Context);
                inHand[0] = default!;
                await cell.HandledAsync(1);
            }
            else if (!await cell.WaitForMailAsync())
            {
                return;
            }
        }
    }
}
