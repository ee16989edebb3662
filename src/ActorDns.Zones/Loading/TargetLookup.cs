using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Loading;

/// <summary>Finds out what NS, MX and SRV point to, as far as the zone itself knows.</summary>
internal static class TargetLookup
{
    /// <summary>Looks a name up with zone cuts, DNAME and wildcards as a query meets them.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="target">The name.</param>
    /// <param name="barrier">The zone cut or DNAME that the search ended at; null when none.</param>
    [SkipLocalsInit]
    public static TargetState Find(ZoneSnapshot zone, ReadOnlySpan<byte> target, out NameView barrier)
    {
        barrier = default;
        if (!WireName.IsAtOrBelow(target, zone.Origin.Wire))
            return TargetState.Outside;
        Unsafe.SkipInit(out TreeSearch search);
        zone.Names.Search(target, ref search);
        NameView host = search.Exact;
        for (int i = 0; i < search.AncestorCount; i++)
        {
            NameTraits traits = search.AncestorTraits(i);
            if ((traits & (NameTraits.Delegation | NameTraits.Dname)) == 0)
                continue;
            barrier = search.Ancestor(i);
            return (traits & NameTraits.Delegation) == 0 ? TargetState.BelowDname
                : HasAddress(host) ? TargetState.Glue : TargetState.Delegated;
        }

        if (!host.IsNull && (host.Traits & NameTraits.Delegation) != 0)
        {
            barrier = host;
            return HasAddress(host) ? TargetState.Glue : TargetState.Delegated;
        }

        if (host.IsNull && zone.HasWildcards && search.AncestorCount > 0)
        {
            Span<byte> wildcard = stackalloc byte[WireName.MaxBytes + 2];
            ReadOnlySpan<byte> encloser = search.Closest.Owner;
            wildcard[0] = 1;
            wildcard[1] = (byte)'*';
            encloser.CopyTo(wildcard[2..]);
            zone.Names.TryFind(wildcard[..(encloser.Length + 2)], out host);
        }

        if (host.IsNull)
            return TargetState.Missing;
        return (host.Traits & NameTraits.Cname) != 0 ? TargetState.Cname
            : HasAddress(host) ? TargetState.Address : TargetState.Missing;
    }

    private static bool HasAddress(NameView name) =>
        !name.IsNull && (name.TryFind(RecordType.A, out _) || name.TryFind(RecordType.Aaaa, out _));
}
