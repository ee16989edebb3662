using ActorDns.Protocol.Records;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Transfers;

/// <summary>What a complete transfer brought.</summary>
/// <param name="Serial">Serial of the primary's version.</param>
/// <param name="Whole">The zone, not yet published, with a whole transfer; whoever does not publish it discards it.</param>
/// <param name="Changes">The differences as they came, oldest first, with an incremental transfer.</param>
public sealed record TransferredZone(Serial Serial, ZoneSnapshot? Whole, IReadOnlyList<ZoneChange> Changes)
{
    /// <summary>True when our version is as new as the primary's.</summary>
    public bool IsUpToDate => Whole is null && Changes.Count == 0;
}
