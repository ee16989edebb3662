using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Lookup;

/// <summary>
/// Addresses that the client will ask for next (RFC 1035 §3.3.9 and §3.3.11, RFC 2782, RFC 9460 §4.1), and glue (RFC 9471).
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
            {
                if (plan.EntryCount >= AnswerPlan.MaxHelpfulEntries)
                    return;
                AddTarget(zone, entry, rdata, octetsBefore, withSignatures, plan);
            }
        }
    }

    /// <summary>
    /// Adds the addresses of a delegation's servers. Those below the cut come first and are required: without them the client cannot go on,
    /// and the reply is truncated rather than sent without (RFC 9471 §3.1). Those of sibling zones go along if they fit (§3.2).
    /// </summary>
    public static void PlanGlue(ZoneSnapshot zone, NameView cut, RecordSetView servers, AnswerPlan plan)
    {
        foreach (ReadOnlySpan<byte> target in servers)
        {
            if (WireName.IsAtOrBelow(target, cut.Owner) && zone.Names.TryFind(target, out NameView host))
                AddAddresses(host, isRequired: true, withSignatures: false, plan);
        }

        foreach (ReadOnlySpan<byte> target in servers)
        {
            if (plan.EntryCount >= AnswerPlan.MaxHelpfulEntries)
                return;
            if (!WireName.IsAtOrBelow(target, cut.Owner))
                AddHost(zone, target, default, withSignatures: false, plan);
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

    private static void AddTarget(
        ZoneSnapshot zone, in PlanEntry entry, ReadOnlySpan<byte> rdata, int octetsBefore, bool withSignatures, AnswerPlan plan)
    {
        ReadOnlySpan<byte> target = rdata[octetsBefore..];
        target = target[..WireName.LengthOf(target)];
        bool isRoot = target.Length == 1;
        if (!isRoot)
        {
            // An SVCB that is an alias is followed by a question for the same type at its target (RFC 9460 §3, §4.1).
            RecordType more = IsServiceBinding(entry.Set.Type) && IsAlias(rdata) ? entry.Set.Type : default;
            AddHost(zone, target, more, withSignatures, plan);
            return;
        }

        // The root is no host: it stands for "none", but in the service form of SVCB for the owner (RFC 9460 §2.5).
        if (IsServiceBinding(entry.Set.Type) && !IsAlias(rdata))
            AddHost(zone, entry.Owner.Wire, default, withSignatures, plan);
    }

    private static bool IsServiceBinding(RecordType type) => type == RecordType.Svcb || type == RecordType.Https;

    /// <summary>True for SvcPriority 0 (RFC 9460 §2.4.1).</summary>
    private static bool IsAlias(ReadOnlySpan<byte> serviceBinding) => (serviceBinding[0] | serviceBinding[1]) == 0;

    [SkipLocalsInit]
    private static void AddHost(
        ZoneSnapshot zone, ReadOnlySpan<byte> target, RecordType more, bool withSignatures, AnswerPlan plan)
    {
        if (!WireName.IsAtOrBelow(target, zone.Origin.Wire))
            return;
        Unsafe.SkipInit(out TreeSearch search);
        zone.Names.Search(target, ref search);
        if (search.Exact.IsNull)
            return;
        bool isGlue = (search.Exact.Traits & NameTraits.Delegation) != 0;
        for (int i = 0; i < search.AncestorCount && !isGlue; i++)
        {
            NameTraits traits = search.AncestorTraits(i);
            if ((traits & NameTraits.Dname) != 0)
                return; // What stands below a DNAME is not there (RFC 6672 §2.4).
            isGlue = (traits & NameTraits.Delegation) != 0;
        }

        AddAddresses(search.Exact, isRequired: false, withSignatures && !isGlue, plan);
        if (more != default && !isGlue)
            AddSet(search.Exact, more, isRequired: false, withSignatures, plan);
    }

    private static void AddAddresses(NameView host, bool isRequired, bool withSignatures, AnswerPlan plan)
    {
        AddSet(host, RecordType.A, isRequired, withSignatures, plan);
        AddSet(host, RecordType.Aaaa, isRequired, withSignatures, plan);
    }

    /// <summary>Required sets are the servers of one set, each another name, so that they cannot repeat.</summary>
    private static void AddSet(NameView host, RecordType type, bool isRequired, bool withSignatures, AnswerPlan plan)
    {
        if (!host.TryFind(type, out RecordSetView set) || (!isRequired && plan.ContainsAnywhere(set)))
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
