namespace ActorDns.Actors.Notify;

/// <summary>How the delivery of a NOTIFY ended.</summary>
internal enum NotifyOutcome
{
    /// <summary>The secondary answered NOERROR.</summary>
    Acknowledged,

    /// <summary>The secondary answered something else.</summary>
    Refused,

    /// <summary>Nobody answered, by UDP or TCP.</summary>
    Unanswered,
}
