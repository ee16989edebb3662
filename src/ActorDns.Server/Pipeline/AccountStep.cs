using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>Counts what was done.</summary>
internal static class AccountStep
{
    public static void Run(ref Request request, StepResult result, int length)
    {
        RequestCounters counters = request.Scratch.Counters;
        counters.Requests++;
        Opcode? opcode = null;
        if (request.Message.Length >= MessageHeader.Bytes)
        {
            opcode = MessageHeader.Opcode(request.Message);
            counters.CountOpcode(opcode.Value.Value);
            if (opcode == Opcode.Query && request.Layout.HasQuestion)
                counters.CountType(request.Layout.QuestionType);
        }

        if (result == StepResult.Drop)
        {
            counters.Dropped++;
        }
        else if (length > 0)
        {
            counters.Responses++;
            counters.CountRcode(request.Rcode.Value);
            if (opcode == Opcode.Update)
                counters.CountUpdateRcode(request.Rcode.Value);
            if ((MessageHeader.Flags(request.Response) & MessageHeader.Truncated) != 0)
                counters.Truncated++;
        }
    }
}
