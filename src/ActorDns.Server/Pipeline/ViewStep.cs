using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>Chooses the view by client address, verified key, our address and RD.</summary>
internal static class ViewStep
{
    public static StepResult Run(ref Request request)
    {
        request.View = request.State.Views.Select(request.Subject, request.RecursionDesired);
        if (request.View is not { } view)
        {
            request.Scratch.Events.NoView(request);
            return request.End(Rcode.Refused, ExtendedErrorCode.Prohibited);
        }

        if (request.IsStream)
            return StepResult.Continue;

        request.ReplyLimitBytes = Math.Min(request.ReplyLimitBytes, Math.Max(view.MaxUdpBytes, ReplyStep.PlainUdpBytes));
        return view.RequireServerCookie && request.Layout.HasQuestion && request.Scratch.HasCookie && !request.IsAddressProven
            ? request.End(Rcode.BadCookie)
            : StepResult.Continue;
    }
}
