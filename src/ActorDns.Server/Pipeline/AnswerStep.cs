using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;
using ActorDns.Zones.Lookup;

namespace ActorDns.Server.Pipeline;

/// <summary>Plans the answer, following aliases through all zones of the view that the client may query.</summary>
internal static class AnswerStep
{
    public static StepResult Run(ref Request request)
    {
        View view = request.View!;
        bool isChaos = request.Layout.QuestionClass == RecordClass.Ch;
        LookupOptions options = new()
        {
            Type = request.Layout.QuestionType,
            DnssecOk = request.Opt.DnssecOk,
            WithAuthority = !isChaos && WantsAuthority(view.MinimalResponses, request.RecursionDesired),
            WithAdditional = !isChaos && view.MinimalResponses != MinimalResponses.Yes,
            MinimalAny = view.MinimalAny && !request.IsStream,
            ZeroSoaTtl = request.Zone!.ZeroNoSoaTtl,
        };

        AnswerPlan plan = request.Scratch.Plan;
        plan.Reset(request.Layout.QuestionName(request.Message));
        request.HasPlan = true;
        ZoneLookup.Resolve(request.Snapshot!, options, plan);
        while (plan.LeftZone && plan.ChainSteps < AnswerPlan.MaxChainSteps)
        {
            ServedZone? next = view.Zones.FindEnclosing(plan.CurrentName.Wire, options.Type == RecordType.Ds);
            if (next?.Published.Current is not { } snapshot || !ZoneStep.MayQuery(ref request, next))
                break;
            ZoneLookup.Resolve(snapshot, options, plan);
        }

        request.Rcode = plan.Rcode;
        return StepResult.Reply;
    }

    private static bool WantsAuthority(MinimalResponses setting, bool recursionDesired) => setting switch
    {
        MinimalResponses.No => true,
        MinimalResponses.NoAuthorityForRecursive => !recursionDesired,
        _ => false,
    };
}
