namespace ActorDns.Actors.Notify;

/// <summary>Where the delivery of a notify stands.</summary>
internal enum NotifyPhase
{
    /// <summary>Nothing is under way.</summary>
    Idle,

    /// <summary>Sent by UDP; a reply is due.</summary>
    Awaiting,

    /// <summary>UDP was in vain, or is not wanted; waits for a free TCP exchange.</summary>
    AwaitingStream,

    /// <summary>Under way by TCP.</summary>
    Streaming,
}
