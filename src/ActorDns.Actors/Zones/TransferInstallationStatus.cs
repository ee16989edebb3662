namespace ActorDns.Actors.Zones;

/// <summary>What became of a transfer at the zone's writer.</summary>
public enum TransferInstallationStatus
{
    /// <summary>It is durable and served.</summary>
    Installed,

    /// <summary>Its differences do not fit what is served; the whole zone is needed.</summary>
    DoesNotFit,

    /// <summary>It breaks a limit of ours.</summary>
    TooMany,

    /// <summary>It cannot be taken now.</summary>
    Failed,
}
