using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Lets queries go on, takes NOTIFY and UPDATE aside, and answers every other opcode, so that none is met with silence
/// (RFC 8906 §3.1.4).
/// </summary>
internal static class OpcodeStep
{
    public static StepResult Run(ref Request request)
    {
        Opcode opcode = MessageHeader.Opcode(request.Message);
        if (opcode == Opcode.Query)
            return StepResult.Continue;
        if (opcode == Opcode.Notify)
            return NotifyStep.Run(ref request);
        if (opcode == Opcode.Update)
            return UpdateStep.Run(ref request);
        return request.End(Rcode.NotImp);
    }
}
