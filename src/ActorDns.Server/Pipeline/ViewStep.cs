using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>Chooses the view by client address, verified key, our address and RD.</summary>
internal static class ViewStep
{
    public static StepResult Run(ref Request request)
    {
        request.View = request.State.Views.Select(request.Subject, request.RecursionDesired);
        return request.View is null
            ? request.End(Rcode.Refused, ExtendedErrorCode.Prohibited)
            : StepResult.Continue;
    }
}
