using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Lookup;

/// <summary>
/// Which NSEC or NSEC3 sets a signed zone's reply carries (RFC 4035 §3.1.3, RFC 5155 §7.2). One method per kind of reply; the zone's own
/// records decide between the two families. A method that says false found no proof, and the reply has to be SERVFAIL (RFC 5155 §7.2.9).
/// </summary>
internal static class DenialProofs
{
    /// <summary>The name exists, the type does not (RFC 4035 §3.1.3.1, RFC 5155 §7.2.3 and §7.2.4).</summary>
    public static void NoData(ZoneSnapshot zone, NameView name, AnswerPlan plan)
    {
        if (zone.UsesNsec3)
            Nsec3Proofs.NoData(zone, name.Owner, plan);
        else
            NsecProofs.AddAtOrBefore(zone, name.Owner, plan);
    }

    /// <summary>Neither the name nor a wildcard for it exists (RFC 4035 §3.1.3.2, RFC 5155 §7.2.2).</summary>
    public static bool TryNameError(ZoneSnapshot zone, NameView encloser, AnswerPlan plan)
    {
        ReadOnlySpan<byte> asked = plan.CurrentName.Wire;
        if (zone.UsesNsec3)
        {
            ReadOnlySpan<byte> proven = encloser.Owner;
            return Nsec3Proofs.TryClosestEncloser(zone, ref proven, asked, plan)
                && Nsec3Proofs.TryCoverWildcard(zone, proven, plan);
        }

        NsecProofs.AddAtOrBefore(zone, asked, plan);
        NsecProofs.AddForWildcard(zone, encloser.Owner, plan);
        return true;
    }

    /// <summary>A wildcard answered: nothing closer exists (RFC 4035 §3.1.3.3, RFC 5155 §7.2.6).</summary>
    public static bool TryWildcardExpansion(ZoneSnapshot zone, NameView encloser, PlanName asked, AnswerPlan plan)
    {
        if (zone.UsesNsec3)
            return Nsec3Proofs.TryCoverNextCloser(zone, encloser.Owner, asked.Wire, plan);
        NsecProofs.AddAtOrBefore(zone, asked.Wire, plan);
        return true;
    }

    /// <summary>A wildcard matched but lacks the type (RFC 4035 §3.1.3.4, RFC 5155 §7.2.5).</summary>
    public static bool TryWildcardNoData(ZoneSnapshot zone, NameView encloser, NameView wildcard, AnswerPlan plan)
    {
        ReadOnlySpan<byte> asked = plan.CurrentName.Wire;
        if (zone.UsesNsec3)
        {
            ReadOnlySpan<byte> proven = encloser.Owner;
            if (!Nsec3Proofs.TryClosestEncloser(zone, ref proven, asked, plan))
                return false;
            Nsec3Proofs.Match(zone, wildcard.Owner, plan);
            return true;
        }

        NsecProofs.AddAtOrBefore(zone, wildcard.Owner, plan);
        NsecProofs.AddAtOrBefore(zone, asked, plan);
        return true;
    }

    /// <summary>The DS set of a secure delegation, or the proof that it has none (RFC 4035 §3.1.4, RFC 5155 §7.2.7).</summary>
    public static void Delegation(ZoneSnapshot zone, NameView cut, AnswerPlan plan)
    {
        if (cut.TryFind(RecordType.Ds, out RecordSetView ds))
        {
            plan.Add(new PlanEntry
            {
                Section = AnswerSection.Authority,
                Owner = AnswerPlan.Place(cut),
                Set = ds,
                Ttl = ds.Ttl,
                WithSignatures = true,
                IsRequired = true,
            });
            return;
        }

        if (zone.UsesNsec3)
            Nsec3Proofs.NoData(zone, cut.Owner, plan);
        else
            NsecProofs.AddAtOrBefore(zone, cut.Owner, plan);
    }

    /// <summary>Plans one NSEC or NSEC3 set once.</summary>
    public static void Add(NameView owner, RecordSetView set, AnswerPlan plan)
    {
        if (plan.Contains(set, AnswerSection.Authority))
            return;
        plan.Add(new PlanEntry
        {
            Section = AnswerSection.Authority,
            Owner = AnswerPlan.Place(owner),
            Set = set,
            Ttl = set.Ttl,
            WithSignatures = true,
            IsRequired = true,
        });
    }
}
