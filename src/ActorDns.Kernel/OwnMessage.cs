using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Kernel;

/// <summary>
/// A message that an actor owes to itself: a timer's tick, a death notice, a piped result. It takes its place in the mailbox, is never
/// refused (each source has at most one waiting), and is made in the actor's own turn.
/// </summary>
internal abstract class OwnMessage<TMessage>
{
    /// <summary>Makes the message; false when it is no longer wanted.</summary>
    public abstract bool TryMake([MaybeNullWhen(false)] out TMessage message);

    /// <summary>What becomes a dead letter when the actor is gone; null when nobody misses it.</summary>
    public virtual object? Undelivered => null;
}
