using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Lookup;

/// <summary>
/// The algorithm of RFC 1034 §4.3.2 over one snapshot, as RFC 4592 (wildcards), 6672 (DNAME), 2308 (negative answers) and 4035
/// §3.1 (signed zones) settled it. Decides and plans; writes nothing.
/// </summary>
public static class ZoneLookup
{
    private enum Step
    {
        Done,
        Follow,
    }

    /// <summary>
    /// Looks up the plan's current name, which lies in the zone. True when that is an alias: the plan's current name is its target now,
    /// and the search starts again at the zone nearest to it, which may be this one, one below it or none (RFC 1034 §4.3.2 step 3a).
    /// </summary>
    [SkipLocalsInit]
    public static bool Resolve(ZoneSnapshot zone, in LookupOptions options, AnswerPlan plan)
    {
        Unsafe.SkipInit(out TreeSearch search);
        zone.Names.Search(plan.CurrentName.Wire, ref search);
        return Resolve(zone, search, options, plan);
    }

    /// <summary>The same when the plan's current name was searched for in this snapshot already, together with others.</summary>
    public static bool Resolve(ZoneSnapshot zone, in TreeSearch search, in LookupOptions options, AnswerPlan plan)
    {
        if (AnswerFrom(zone, search, options, plan) == Step.Follow)
            return true;
        if (options.WithAdditional && options.Type != RecordType.Any)
            AdditionalData.Plan(zone, options.DnssecOk, plan);
        return false;
    }

    private static Step AnswerFrom(ZoneSnapshot zone, in TreeSearch search, in LookupOptions options, AnswerPlan plan)
    {
        for (int i = 0; i < search.AncestorCount; i++)
        {
            NameTraits traits = search.AncestorTraits(i);
            if ((traits & NameTraits.Delegation) != 0)
                return Refer(zone, search.Ancestor(i), options, plan);
            if ((traits & NameTraits.Dname) != 0)
                return Redirect(zone, search.Ancestor(i), options, plan);
        }

        if (!search.Exact.IsNull)
            return AnswerExact(zone, search.Exact, options, plan);

        NameView encloser = search.Closest;
        if (zone.HasWildcards && TryFindWildcard(zone, encloser, out NameView wildcard))
            return AnswerWildcard(zone, encloser, wildcard, options, plan);

        plan.Rcode = Rcode.NxDomain;
        plan.LimitName = AnswerPlan.Place(zone.Apex);
        AddSoa(zone, options, plan);
        if (options.DnssecOk && zone.IsSigned && !DenialProofs.TryNameError(zone, encloser, plan))
            plan.Fail();
        return Step.Done;
    }

    private static Step AnswerExact(ZoneSnapshot zone, NameView name, in LookupOptions options, AnswerPlan plan)
    {
        if ((name.Traits & NameTraits.Delegation) != 0 && !IsOfParent(name, options.Type))
            return Refer(zone, name, options, plan);

        if (TryAnswer(name, options, plan, out Step step))
        {
            if (step == Step.Done && plan.Rcode == Rcode.NoError)
                AddApexNs(zone, options, plan);
            return step;
        }

        AddSoa(zone, options, plan);
        if (options.DnssecOk && zone.IsSigned)
            DenialProofs.NoData(zone, name, plan);
        return Step.Done;
    }

    /// <summary>
    /// True for what the parent's side of a cut answers itself: DS (RFC 4035 §3.1.4.1), and the NSEC that it has there (§2.6).
    /// </summary>
    private static bool IsOfParent(NameView cut, RecordType type) =>
        type == RecordType.Ds || (type == RecordType.Nsec && cut.TryFind(type, out _));

    private static Step AnswerWildcard(
        ZoneSnapshot zone, NameView encloser, NameView wildcard, in LookupOptions options, AnswerPlan plan)
    {
        plan.LimitName = AnswerPlan.Place(wildcard);
        PlanName asked = plan.CurrentName;
        if (TryAnswer(wildcard, options, plan, out Step step))
        {
            if (step == Step.Done && plan.Rcode == Rcode.NoError)
                AddApexNs(zone, options, plan);
            if (!options.DnssecOk || !zone.IsSigned || DenialProofs.TryWildcardExpansion(zone, encloser, asked, plan))
                return step;
            plan.Fail();
            return Step.Done;
        }

        AddSoa(zone, options, plan);
        if (options.DnssecOk && zone.IsSigned && !DenialProofs.TryWildcardNoData(zone, encloser, wildcard, plan))
            plan.Fail();
        return Step.Done;
    }

    /// <summary>Plans what <paramref name="name"/> has for the question; its owner in the reply is the name asked for.</summary>
    private static bool TryAnswer(NameView name, in LookupOptions options, AnswerPlan plan, out Step step)
    {
        step = Step.Done;
        if (options.Type == RecordType.Any)
            return AnswerAny(name, options, plan);
        if (options.Type == RecordType.Rrsig)
            return AnswerSignatures(name, options, plan);

        if (name.TryFind(options.Type, out RecordSetView set))
        {
            AddAnswer(set, options, plan);
            return true;
        }

        if ((name.Traits & NameTraits.Cname) == 0
            || StandsBesideCname(options.Type)
            || !name.TryFind(RecordType.Cname, out RecordSetView cname))
        {
            return false;
        }

        AddAnswer(cname, options, plan);
        step = plan.HasVisited(cname.First) ? EndLoop(plan) : FollowTo(AnswerPlan.Place(cname.First), plan);
        return true;
    }

    /// <summary>
    /// Types that an alias may own beside its CNAME: a question for them means the alias itself (RFC 4035 §2.5).
    /// </summary>
    private static bool StandsBesideCname(RecordType type) => type == RecordType.Nsec || type == RecordType.Key;

    private static bool AnswerAny(NameView name, in LookupOptions options, AnswerPlan plan)
    {
        bool found = false;
        foreach (RecordSetView set in name)
        {
            if (set.Type == RecordType.Rrsig && options.MinimalAny)
                continue;
            plan.Add(new PlanEntry
            {
                Section = AnswerSection.Answer,
                Owner = plan.CurrentName,
                Set = set,
                Ttl = set.Ttl,
                WithSignatures = options.MinimalAny && options.DnssecOk,
            });
            found = true;
            if (options.MinimalAny)
                break;
        }

        return found;
    }

    private static bool AnswerSignatures(NameView name, in LookupOptions options, AnswerPlan plan)
    {
        bool found = false;
        foreach (RecordSetView set in name)
        {
            if (set.Type != RecordType.Rrsig)
                continue;
            plan.Add(new PlanEntry
            {
                Section = AnswerSection.Answer,
                Owner = plan.CurrentName,
                Set = set,
                Ttl = set.Ttl,
            });
            found = true;
            if (options.MinimalAny)
                break;
        }

        return found;
    }

    private static Step Refer(ZoneSnapshot zone, NameView cut, in LookupOptions options, AnswerPlan plan)
    {
        plan.IsReferral = true;
        if (plan.ChainSteps == 0)
            plan.IsAuthoritative = false;
        plan.LimitName = AnswerPlan.Place(cut);
        if (!cut.TryFind(RecordType.Ns, out RecordSetView servers))
            return Step.Done;
        PlanName owner = AnswerPlan.Place(cut);
        plan.Add(new PlanEntry
        {
            Section = AnswerSection.Authority,
            Owner = owner,
            Set = servers,
            Ttl = servers.Ttl,
            IsRequired = true,
        });
        if (options.DnssecOk && zone.IsSigned)
            DenialProofs.Delegation(zone, cut, plan);
        AdditionalData.PlanGlue(zone, cut, servers, plan);
        return Step.Done;
    }

    private static Step Redirect(ZoneSnapshot zone, NameView ancestor, in LookupOptions options, AnswerPlan plan)
    {
        if (!ancestor.TryFind(RecordType.Dname, out RecordSetView dname))
            return Step.Done;
        PlanName owner = AnswerPlan.Place(ancestor);
        if (!plan.Contains(dname, AnswerSection.Answer))
        {
            plan.Add(new PlanEntry
            {
                Section = AnswerSection.Answer,
                Owner = owner,
                Set = dname,
                Ttl = dname.Ttl,
                WithSignatures = options.DnssecOk,
            });
        }

        // The labels above the DNAME's owner move under its target (RFC 6672 §2.2).
        ReadOnlySpan<byte> asked = plan.CurrentName.Wire;
        ReadOnlySpan<byte> kept = asked[..(asked.Length - owner.Wire.Length)];
        ReadOnlySpan<byte> target = dname.First;
        if (kept.Length + target.Length > WireName.MaxBytes)
        {
            plan.Rcode = Rcode.YxDomain;
            return Step.Done;
        }

        Span<byte> made = stackalloc byte[WireName.MaxBytes];
        kept.CopyTo(made);
        target.CopyTo(made[kept.Length..]);
        made = made[..(kept.Length + target.Length)];
        bool isLoop = plan.HasVisited(made);
        PlanName synthesized = plan.Store(made);
        plan.Add(new PlanEntry
        {
            Section = AnswerSection.Answer,
            Owner = plan.CurrentName,
            Target = synthesized,
            Ttl = dname.Ttl,
        });
        if (IsAnsweredBy(RecordType.Cname, options))
        {
            AddApexNs(zone, options, plan);
            return Step.Done;
        }

        return isLoop ? EndLoop(plan) : FollowTo(synthesized, plan);
    }

    /// <summary>A question for the CNAME itself, or for ANY, ends at it.</summary>
    private static bool IsAnsweredBy(RecordType made, in LookupOptions options) =>
        options.Type == made || options.Type == RecordType.Any;

    private static Step FollowTo(PlanName target, AnswerPlan plan) => plan.Follow(target) ? Step.Follow : EndLoop(plan);

    /// <summary>An alias that comes back to itself, or never ends, is an error of the data (RFC 1034 §3.6.2).</summary>
    private static Step EndLoop(AnswerPlan plan)
    {
        plan.Rcode = Rcode.ServFail;
        return Step.Done;
    }

    private static bool TryFindWildcard(ZoneSnapshot zone, NameView encloser, out NameView wildcard)
    {
        ReadOnlySpan<byte> below = encloser.Owner;
        Span<byte> name = stackalloc byte[WireName.MaxBytes + 2];
        name[0] = 1;
        name[1] = (byte)'*';
        below.CopyTo(name[2..]);
        if (below.Length + 2 <= WireName.MaxBytes)
            return zone.Names.TryFind(name[..(below.Length + 2)], out wildcard);
        wildcard = default;
        return false;
    }

    private static void AddAnswer(RecordSetView set, in LookupOptions options, AnswerPlan plan)
    {
        if (set.Type == RecordType.Dname && plan.Contains(set, AnswerSection.Answer))
            return; // The chain went through the very DNAME that was asked for.
        plan.Add(new PlanEntry
        {
            Section = AnswerSection.Answer,
            Owner = plan.CurrentName,
            Set = set,
            Ttl = set.Ttl,
            WithSignatures = options.DnssecOk,
        });
    }

    /// <summary>The SOA that lets negative answers be cached, its TTL cut to MINIMUM (RFC 2308 §3).</summary>
    private static void AddSoa(ZoneSnapshot zone, in LookupOptions options, AnswerPlan plan) =>
        plan.Add(new PlanEntry
        {
            Section = AnswerSection.Authority,
            Owner = AnswerPlan.Place(zone.Apex),
            Set = zone.Soa,
            Ttl = options.ZeroSoaTtl && options.Type == RecordType.Soa && plan.Rcode == Rcode.NxDomain ? 0 : zone.NegativeTtl,
            WithSignatures = options.DnssecOk,
            IsRequired = true,
        });

    private static void AddApexNs(ZoneSnapshot zone, in LookupOptions options, AnswerPlan plan)
    {
        if (!options.WithAuthority
            || !zone.Apex.TryFind(RecordType.Ns, out RecordSetView servers)
            || plan.ContainsAnywhere(servers))
        {
            return;
        }

        plan.Add(new PlanEntry
        {
            Section = AnswerSection.Authority,
            Owner = AnswerPlan.Place(zone.Apex),
            Set = servers,
            Ttl = servers.Ttl,
            WithSignatures = options.DnssecOk,
        });
    }
}
