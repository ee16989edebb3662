using ActorDns.Protocol.Registries;
using ActorDns.Server.Pipeline.RateLimiting;
using ActorDns.Zones.Lookup;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Holds back replies that look like an attack on somebody else (<c>rate-limit</c>). Clients that have proved their address by a
/// signature, a cookie or a stream are never limited.
/// </summary>
internal static class RateLimitStep
{
    public static StepResult Run(ref Request request)
    {
        if (request.View?.RateLimiter is not { } limiter || request.IsStream)
            return StepResult.Reply;

        AnswerPlan plan = request.Scratch.Plan;
        LimitedResponse response = new(request.Source.Address, Category(request, plan))
        {
            Name = request.HasPlan ? plan.LimitName.Wire
                : request.Layout.HasQuestion ? request.Layout.QuestionName(request.Message)
                : default,
            Type = request.Layout.QuestionType,
            Class = request.Layout.QuestionClass,
            Rcode = request.Rcode,
            IsProven = request.IsAddressProven,
        };
        switch (limiter.Charge(response, request.NowUnixSeconds))
        {
            case RateLimitOutcome.Drop:
                request.Scratch.Counters.RateDropped++;
                return StepResult.Drop;
            case RateLimitOutcome.Slip:
                request.Scratch.Counters.RateSlipped++;
                request.IsSlipped = true;
                return StepResult.Reply;
            default:
                return StepResult.Reply;
        }
    }

    private static ResponseCategory Category(in Request request, AnswerPlan plan)
    {
        if (request.Rcode == Rcode.NxDomain)
            return ResponseCategory.NxDomain;
        if (request.Rcode != Rcode.NoError || !request.HasPlan)
            return ResponseCategory.Error;
        if (plan.IsReferral)
            return ResponseCategory.Referral;
        return plan.AnswerCount == 0 ? ResponseCategory.NoData : ResponseCategory.Answer;
    }
}
