using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Lookup;

/// <summary>Finds NSEC records by canonical order (RFC 4034 §4.1.1, §6.1).</summary>
internal static class NsecProofs
{
    /// <summary>
    /// Adds the NSEC at the name itself, or else the one before it, whose span covers it. Names without NSEC (glue, empty
    /// non-terminals) are stepped over.
    /// </summary>
    public static void AddAtOrBefore(ZoneSnapshot zone, ReadOnlySpan<byte> name, AnswerPlan plan)
    {
        if (zone.Names.TryFind(name, out NameView at) && at.TryFind(RecordType.Nsec, out RecordSetView own))
        {
            DenialProofs.Add(at, own, plan);
            return;
        }

        NameView before = zone.Names.Before(name);
        while (!before.IsNull)
        {
            if (before.TryFind(RecordType.Nsec, out RecordSetView covering))
            {
                DenialProofs.Add(before, covering, plan);
                return;
            }

            before = zone.Names.Before(before.Owner);
        }
    }

    /// <summary>Adds the NSEC that shows that no wildcard stands below the closest encloser.</summary>
    public static void AddForWildcard(ZoneSnapshot zone, ReadOnlySpan<byte> encloser, AnswerPlan plan)
    {
        Span<byte> wildcard = stackalloc byte[WireName.MaxBytes + 2];
        wildcard[0] = 1;
        wildcard[1] = (byte)'*';
        encloser.CopyTo(wildcard[2..]);
        if (encloser.Length + 2 <= WireName.MaxBytes)
            AddAtOrBefore(zone, wildcard[..(encloser.Length + 2)], plan);
    }
}
