using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Loading;

/// <summary>What came of loading a zone.</summary>
/// <param name="Snapshot">The zone; null when it is refused.</param>
/// <param name="Problems">Errors and warnings in the order in which they were found.</param>
public sealed record ZoneLoadResult(ZoneSnapshot? Snapshot, IReadOnlyList<MasterFileProblem> Problems)
{
    /// <summary>Name of the zone.</summary>
    public required DomainName Origin { get; init; }

    /// <summary>Class of the zone.</summary>
    public RecordClass Class { get; init; } = RecordClass.In;

    /// <summary>True when the zone can be served.</summary>
    public bool IsLoaded => Snapshot is not null;

    /// <summary>The serial; null when the zone is refused.</summary>
    public Serial? Serial => Snapshot?.Serial;

    /// <summary>Number of records; 0 when the zone is refused.</summary>
    public long RecordCount => Snapshot?.RecordCount ?? 0;

    /// <summary>The zone as logs name it: <c>example.com/IN</c>.</summary>
    public string LogName => $"{Origin.ToLogString()}/{Class}";

    /// <summary>The last line of a load as BIND logs it.</summary>
    public string Summary => Snapshot is { } zone
        ? $"zone {LogName}: loaded serial {zone.Serial.Value}{(zone.IsSigned ? " (DNSSEC signed)" : "")}"
        : $"zone {LogName}: not loaded due to errors.";

    /// <summary>A problem as BIND logs it: with file and line, or with the zone when it has none.</summary>
    public string Line(MasterFileProblem problem) => problem.File.Length > 0 ? problem.ToString() : $"zone {LogName}: {problem}";
}
