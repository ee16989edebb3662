namespace ActorDns.Kernel;

/// <summary>Why a message became a dead letter.</summary>
public enum DeadLetterReason
{
    /// <summary>It was sent to an actor that has stopped or is stopping.</summary>
    RecipientStopped,

    /// <summary>It waited in the mailbox or the stash when the actor stopped.</summary>
    LeftBehind,

    /// <summary>It is a reply to an ask that has expired, was cancelled, or has had its reply already.</summary>
    LateReply,
}
