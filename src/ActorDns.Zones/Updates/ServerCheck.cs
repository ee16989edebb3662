using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Updates;

/// <summary>Keeps an update from taking the addresses of the zone's own name servers away: such a zone would not load again.</summary>
internal static class ServerCheck
{
    /// <summary>
    /// Says what is wrong with a name server that is named in the zone, has its name in the zone, and was not as wrong before; null when
    /// all is well.
    /// </summary>
    public static UpdateFailure? Check(ZoneSnapshot before, ZoneSnapshot after)
    {
        if (!after.Apex.TryFind(RecordType.Ns, out RecordSetView servers))
            return null;
        foreach (ReadOnlySpan<byte> target in servers)
        {
            if (!IsBroken(after, target) || (IsBroken(before, target) && IsServer(before, target)))
                continue;
            string name = NameText.ToText(target, keepFinalDot: false);
            return new UpdateFailure(
                Rcode.Refused, $"update rejected: post update name server sanity check failed: NS '{name}' has no address in the zone");
        }

        return null;
    }

    private static bool IsBroken(ZoneSnapshot zone, ReadOnlySpan<byte> target) =>
        TargetLookup.Find(zone, target, out _) is TargetState.Missing or TargetState.Cname or TargetState.BelowDname;

    private static bool IsServer(ZoneSnapshot zone, ReadOnlySpan<byte> target)
    {
        if (!zone.Apex.TryFind(RecordType.Ns, out RecordSetView servers))
            return false;
        foreach (ReadOnlySpan<byte> server in servers)
        {
            if (WireName.Equal(server, target))
                return true;
        }

        return false;
    }
}
