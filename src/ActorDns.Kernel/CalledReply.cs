namespace ActorDns.Kernel;

/// <summary>
/// The base of a reply address outside any actor that is no ask: the reply is handed to a method, on the thread of the actor that gives it.
/// For bridges that keep their own deadlines.
/// </summary>
/// <typeparam name="TReply">The type of the reply.</typeparam>
public abstract class CalledReply<TReply> : ReplyTo<TReply>
{
    /// <inheritdoc/>
    public sealed override bool Reply(TReply value) => TryTake(value);

    /// <summary>
    /// Takes the reply; false when nobody waits any more or there was one before. It runs in the turn of the actor that replies: it must
    /// neither wait nor throw.
    /// </summary>
    protected abstract bool TryTake(TReply value);
}
