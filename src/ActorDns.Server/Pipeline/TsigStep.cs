using ActorDns.Protocol.Security;

namespace ActorDns.Server.Pipeline;

/// <summary>Verifies a signed request before anything is decided by it (RFC 8945 §5.2).</summary>
internal static class TsigStep
{
    public static StepResult Run(ref Request request)
    {
        if (request.Layout.TsigOffset < 0)
            return StepResult.Continue;

        RequestScratch scratch = request.Scratch;
        TsigOutcome outcome = TsigVerifier.VerifyRequestAt(
            request.Message, request.Layout.TsigOffset, request.NowUnixSeconds, request.State.Keys, out scratch.Tsig);
        scratch.IsSigned = true;
        if (outcome == TsigOutcome.Verified)
        {
            request.IsAddressProven = true;
            return StepResult.Continue;
        }

        if (outcome == TsigOutcome.BadKey && PassedOn.IsMeant(request))
        {
            scratch.IsSigned = false; // Not by anybody that is known here.
            return StepResult.Continue;
        }

        scratch.Events.TsigFailed(request, scratch.Tsig);
        return request.End(scratch.Tsig.ResponseCode);
    }
}
