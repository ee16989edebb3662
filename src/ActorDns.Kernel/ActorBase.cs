namespace ActorDns.Kernel;

/// <summary>
/// What all kinds of actor share: the hooks of their life. Derive from <see cref="Actor{TMessage}"/>,
/// <see cref="BatchActor{TMessage}"/> or <see cref="DedicatedThreadActor{TMessage}"/>.
/// </summary>
/// <typeparam name="TMessage">The closed base of the actor's messages.</typeparam>
public abstract class ActorBase<TMessage>
    where TMessage : notnull
{
    private protected ActorBase()
    {
    }

    /// <summary>
    /// Runs before the first message of this instance. If it throws, the strategy decides, and neither PostStop nor
    /// PreRestart follows.
    /// </summary>
    protected virtual ValueTask PreStartAsync(ActorContext<TMessage> ctx) => ValueTask.CompletedTask;

    /// <summary>Runs when the actor has stopped, after its children have ended. The place to close what PreStart opened.</summary>
    protected virtual ValueTask PostStopAsync(ActorContext<TMessage> ctx) => ValueTask.CompletedTask;

    /// <summary>
    /// Runs on the instance that failed, after its children have ended and its timers were cancelled, before the back-off and the new
    /// instance. By default calls <see cref="PostStopAsync"/>.
    /// </summary>
    /// <param name="reason">What was thrown.</param>
    /// <param name="inHand">The message or batch that was being handled; it is not delivered again. Valid only during the call.</param>
    /// <param name="ctx">The actor's context.</param>
    protected virtual ValueTask PreRestartAsync(Exception reason, ReadOnlyMemory<TMessage> inHand, ActorContext<TMessage> ctx) =>
        PostStopAsync(ctx);

    /// <summary>Handles messages until the actor is asked to stop. Throws what the actor throws.</summary>
    internal abstract Task RunAsync(ActorCell<TMessage> cell);

    internal ValueTask CallPreStartAsync(ActorContext<TMessage> ctx) => PreStartAsync(ctx);

    internal ValueTask CallPostStopAsync(ActorContext<TMessage> ctx) => PostStopAsync(ctx);

    internal ValueTask CallPreRestartAsync(Exception reason, ReadOnlyMemory<TMessage> inHand, ActorContext<TMessage> ctx) =>
        PreRestartAsync(reason, inHand, ctx);
}
