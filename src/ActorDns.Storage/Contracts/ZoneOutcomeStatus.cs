namespace ActorDns.Storage.Contracts;

/// <summary>How one zone of a group ended. Everything but <see cref="Won"/> wrote nothing.</summary>
public enum ZoneOutcomeStatus
{
    /// <summary>Written and durable.</summary>
    Won,

    /// <summary>The head had moved: catch up to it and evaluate again.</summary>
    Lost,

    /// <summary>Some requests were applied before: answer those with the stored rcode, evaluate the others again.</summary>
    Duplicate,

    /// <summary>The zone is frozen, and one of the entries is an update or a rollback.</summary>
    Frozen,

    /// <summary>Another holder has the lease since.</summary>
    Fenced,

    /// <summary>The zone was removed from the store.</summary>
    Gone,

    /// <summary>The staged checkpoint is not there, or is of another zone, version or serial: stage it again.</summary>
    NotStaged,
}
