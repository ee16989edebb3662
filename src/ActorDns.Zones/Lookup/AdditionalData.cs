using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Lookup;

/// <summary>
/// Addresses that the client will ask for next (RFC 1035 §3.3.9 and §3.3.11, 2782, 9460 §4.1), and glue (RFC 9471).
/// </summary>
internal static class AdditionalData
{
    /// <summary>Adds the addresses of the names that the planned sets point to, as far as the zone has them.</summary>
    public static void Plan(ZoneSnapshot zone, bool withSignatures, AnswerPlan plan)
    {
        if (plan.IsReferral)
            return;
        int planned = plan.EntryCount;
        for (int i = 0; i < planned; i++)
        {
            PlanEntry entry = plan.Entries[i];
            if (entry.Set.IsNull || !PointsToHosts(entry.Set.Type, out int octetsBefore))
                continue;
            foreach (ReadOnlySpan<byte> rdata in entry.Set)
                AddHost(zone, rdata[octetsBefore..], withSignatures, plan);
        }
    }

    /// <summary>
    /// Adds the addresses of a delegation's servers. Those below the cut are required: without them the client cannot go on, and the
    /// reply is truncated rather than sent without (RFC 9471 §2.1). Those of sibling zones go along if they fit (§2.2).
    /// </summary>
    public static void PlanGlue(ZoneSnapshot zone, NameView cut, RecordSetView servers, AnswerPlan plan)
    {
        foreach (ReadOnlySpan<byte> target in servers)
        {
            if (!WireName.IsAtOrBelow(target, zone.Origin.Wire) || !zone.Names.TryFind(target, out NameView host))
                continue;
            AddAddresses(host, isRequired: WireName.IsAtOrBelow(target, cut.Owner), withSignatures: false, plan);
        }
    }

    private static bool PointsToHosts(RecordType type, out int octetsBefore)
    {
        octetsBefore = type.Value switch
        {
            2 => 0, // NS
            15 => 2, // MX
            33 => 6, // SRV
            18 => 2, // AFSDB
            64 or 65 => 2, // SVCB HTTPS
            _ => -1,
        };
        return octetsBefore >= 0;
    }

    [SkipLocalsInit]
    private static void AddHost(ZoneSnapshot zone, ReadOnlySpan<byte> rdataFromName, bool withSignatures, AnswerPlan plan)
    {
        ReadOnlySpan<byte> target = rdataFromName[..WireName.LengthOf(rdataFromName)];
        if (!WireName.IsAtOrBelow(target, zone.Origin.Wire))
            return;
        Unsafe.SkipInit(out TreeSearch search);
        zone.Names.Search(target, ref search);
        if (search.Exact.IsNull)
            return;
        bool isBelowCut = (search.Exact.Traits & NameTraits.Delegation) != 0;
        for (int i = 0; i < search.AncestorCount; i++)
            isBelowCut |= (search.AncestorTraits(i) & NameTraits.Delegation) != 0;
        AddAddresses(search.Exact, isRequired: false, withSignatures && !isBelowCut, plan);
    }

    private static void AddAddresses(NameView host, bool isRequired, bool withSignatures, AnswerPlan plan)
    {
        AddSet(host, RecordType.A, isRequired, withSignatures, plan);
        AddSet(host, RecordType.Aaaa, isRequired, withSignatures, plan);
    }

    private static void AddSet(NameView host, RecordType type, bool isRequired, bool withSignatures, AnswerPlan plan)
    {
        if (!host.TryFind(type, out RecordSetView set) || plan.ContainsAnywhere(set))
            return;
        plan.Add(new PlanEntry
        {
            Section = AnswerSection.Additional,
            Owner = AnswerPlan.Place(host),
            Set = set,
            Ttl = set.Ttl,
            WithSignatures = withSignatures,
            IsRequired = isRequired,
        });
    }
}
