using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Pipeline;

/// <summary>Plans the answer, following aliases through all zones of the view that the client may query.</summary>
internal static class AnswerStep
{
    public static StepResult Run(ref Request request)
    {
        View view = request.View!;
        RecordType type = request.Layout.QuestionType;
        bool isTerse = WantsTerse(request, view);
        LookupOptions options = new()
        {
            Type = type,
            DnssecOk = request.Opt.DnssecOk,
            WithAuthority = !isTerse && WantsAuthority(view.MinimalResponses, request.RecursionDesired),
            WithAdditional = !isTerse && (view.MinimalResponses != MinimalResponses.Yes || type == RecordType.Ns),
            MinimalAny = view.MinimalAny && !request.IsStream,
            ZeroSoaTtl = request.Zone!.ZeroNoSoaTtl,
        };

        AnswerPlan plan = request.Scratch.Plan;
        plan.Reset(request.Layout.QuestionName(request.Message));
        request.HasPlan = true;
        FollowAliases(ref request, options, plan);
        request.Rcode = plan.Rcode;
        return StepResult.Reply;
    }

    /// <summary>
    /// Looks the name up, and each alias's target in the zone nearest to it (RFC 1034 §4.3.2). An alias into a zone that is not ours, not
    /// loaded or closed to the client ends the answer; the client asks for its target elsewhere.
    /// </summary>
    private static void FollowAliases(ref Request request, in LookupOptions options, AnswerPlan plan)
    {
        ServedZone zone = request.Zone!;
        ZoneSnapshot snapshot = request.Snapshot!;
        bool isAlias = LookUpQuestion(request, options, plan);
        while (isAlias)
        {
            ServedZone? next = ZoneStep.FindZone(request, plan.CurrentName.Wire);
            if (next is null)
                return;
            if (!ReferenceEquals(next, zone))
            {
                if (next.Published.Current is not { } published || !ZoneStep.MayQuery(ref request, next))
                    return;
                zone = next;
                snapshot = published;
            }

            isAlias = ZoneLookup.Resolve(snapshot, options, plan);
        }
    }

    /// <summary>Looks the question's name up; the search for it may have been made with those of the whole batch.</summary>
    private static bool LookUpQuestion(in Request request, in LookupOptions options, AnswerPlan plan)
    {
        ZoneSnapshot snapshot = request.Snapshot!;
        return request.Scratch.Ahead is { } ahead && ahead.TryFind(request.BatchIndex, snapshot, out int found)
            ? ZoneLookup.Resolve(snapshot, ahead.Searches[found], options, plan)
            : ZoneLookup.Resolve(snapshot, options, plan);
    }

    /// <summary>
    /// True when helpful records are left out whatever <c>minimal-responses</c> says, as BIND does: the asker of key material wants nothing
    /// else, and who offers 512 octets by EDNS wants a small packet.
    /// </summary>
    private static bool WantsTerse(in Request request, View view)
    {
        if (request.Layout.QuestionClass == RecordClass.Ch)
            return true;
        if (request.Layout.QuestionType.Value is 43 or 48 or 59 or 60) // DS DNSKEY CDS CDNSKEY
            return true;
        bool isSmall = request.Opt.IsPresent && request.Opt.UsablePayloadBytes <= ReplyStep.PlainUdpBytes;
        bool isMinimalAny = view.MinimalAny && request.Layout.QuestionType == RecordType.Any;
        return !request.IsStream && (isSmall || isMinimalAny);
    }

    private static bool WantsAuthority(MinimalResponses setting, bool recursionDesired) => setting switch
    {
        MinimalResponses.No => true,
        MinimalResponses.NoAuthorityForRecursive => !recursionDesired,
        _ => false,
    };
}
