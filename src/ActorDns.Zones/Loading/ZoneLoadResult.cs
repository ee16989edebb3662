using ActorDns.Protocol.Text;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Loading;

/// <summary>What came of loading a zone.</summary>
/// <param name="Snapshot">The zone; null when it is refused.</param>
/// <param name="Problems">Errors and warnings in the order in which they were found.</param>
public sealed record ZoneLoadResult(ZoneSnapshot? Snapshot, IReadOnlyList<MasterFileProblem> Problems)
{
    /// <summary>True when the zone can be served.</summary>
    public bool IsLoaded => Snapshot is not null;
}
