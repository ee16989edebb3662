using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Updates;

/// <summary>Tells whether a version of a zone may be changed here at all, by UPDATE or rollback.</summary>
public static class UpdateBlock
{
    /// <summary>
    /// Why not, or null. A zone that came signed would lose the validity of its signatures and of its chain of denial with the first
    /// change that is not signed, and with it all who validate.
    /// </summary>
    /// <param name="zone">The version to be changed.</param>
    /// <param name="canSign">True when the zone's keys are at hand.</param>
    public static string? ReasonAgainst(ZoneSnapshot zone, bool canSign)
    {
        bool isSigned = zone.IsSigned || zone.Nsec3Names.NameCount > 0 || zone.Apex.TryFind(RecordType.Nsec, out _);
        return isSigned && !canSign
            ? $"zone '{zone.Origin.ToLogString()}' is signed and its keys are not here: a change would break its signatures"
            : null;
    }
}
