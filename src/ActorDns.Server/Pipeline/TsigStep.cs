using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline.KeyUses;

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
            request.Message, request.Layout.TsigOffset, request.NowUnixSeconds, request.State.Keys.Keys, out scratch.Tsig);
        scratch.IsSigned = true;
        if (outcome == TsigOutcome.Verified)
        {
            request.IsAddressProven = true;
            scratch.Counters.KeyUses.Count(
                scratch.Tsig.Key!, request.Source.Address, OperationOf(request), request.NowUnixSeconds);
            scratch.KeyAliases = request.State.Keys.AliasesOf(scratch.Tsig.Key!);
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

    private static KeyOperation OperationOf(in Request request)
    {
        Opcode opcode = MessageHeader.Opcode(request.Message);
        return opcode == Opcode.Update ? KeyOperation.Update
            : opcode == Opcode.Notify ? KeyOperation.Notify
            : TransferStep.IsTransfer(request) ? KeyOperation.Transfer
            : KeyOperation.Query;
    }
}
