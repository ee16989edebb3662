namespace ActorDns.Kernel;

/// <summary>How an ask ended.</summary>
public enum AskStatus
{
    /// <summary>The mailbox was full or the actor is gone; nothing was sent.</summary>
    Rejected,

    /// <summary>The message was sent, but no reply came within the deadline. Whether it was handled is unknown.</summary>
    TimedOut,

    /// <summary>The reply is there.</summary>
    Replied,
}
