using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Updates;

/// <summary>What the configuration says about updates of one zone; the defaults are those of BIND.</summary>
public sealed record UpdateSettings
{
    /// <summary><c>allow-query</c>: who may not ask may not test prerequisites either.</summary>
    public MatchList AllowQuery { get; init; } = MatchList.Any;

    /// <summary><c>allow-update</c>; not looked at when there is a policy.</summary>
    public MatchList AllowUpdate { get; init; } = MatchList.None;

    /// <summary><c>update-policy</c>; null without one.</summary>
    public UpdatePolicy? Policy { get; init; }

    /// <summary>Why no update is taken at present, as for a frozen zone; null when updates are taken.</summary>
    public string? Closed { get; init; }

    /// <summary><c>serial-update-method</c>.</summary>
    public SerialMethod SerialMethod { get; init; } = SerialMethod.Increment;

    /// <summary>The limits of the zone's content, as transfers obey them.</summary>
    public ContentLimits Limits => new(MaxRecords, MaxRecordsPerType, MaxTypesPerName);

    /// <summary><c>max-records</c>: most records in the zone; 0 is no limit.</summary>
    public long MaxRecords { get; init; }

    /// <summary><c>max-records-per-type</c>: most records of one owner and type; 0 is no limit.</summary>
    public int MaxRecordsPerType { get; init; } = 100;

    /// <summary><c>max-types-per-name</c>: most record sets of one owner; 0 is no limit.</summary>
    public int MaxTypesPerName { get; init; } = 100;

    /// <summary><c>max-zone-ttl</c>: longer TTLs are cut to it, in seconds; null is no limit.</summary>
    public uint? MaxTtlSeconds { get; init; }

    /// <summary><c>check-names</c> of a primary.</summary>
    public CheckLevel CheckNames { get; init; } = CheckLevel.Fail;

    /// <summary><c>check-mx</c>: whether a mail exchanger that is an address is refused.</summary>
    public CheckLevel CheckMx { get; init; } = CheckLevel.Warn;

    /// <summary><c>check-integrity</c>: whether a mail exchanger in the zone that has no address is refused.</summary>
    public bool CheckIntegrity { get; init; } = true;

    /// <summary><c>sig-signing-type</c>: the type by which signing keeps its state in the zone, which nobody else may write.</summary>
    public RecordType PrivateType { get; init; } = new(65534);
}
