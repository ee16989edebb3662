namespace ActorDns.Kernel;

/// <summary>Where the one reply to a question goes. Part of the message; may be kept, or passed on to another actor.</summary>
/// <typeparam name="TReply">The type of the reply.</typeparam>
public abstract class ReplyTo<TReply>
{
    private protected ReplyTo()
    {
    }

    /// <summary>Gives the reply. Never throws and never waits.</summary>
    /// <returns>False when nobody waits any more or a reply was given before: then the value is a dead letter.</returns>
    public abstract bool Reply(TReply value);
}
