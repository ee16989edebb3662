using ActorDns.Protocol.Messages;

namespace ActorDns.Server.Pipeline;

/// <summary>Counts what was done.</summary>
internal static class AccountStep
{
    public static void Run(ref Request request, StepResult result, int length)
    {
        RequestCounters counters = request.Scratch.Counters;
        counters.Requests++;
        if (request.Message.Length >= MessageHeader.Bytes)
            counters.CountOpcode(MessageHeader.Opcode(request.Message).Value);
        if (result == StepResult.Drop)
        {
            counters.Dropped++;
        }
        else if (length > 0)
        {
            counters.Responses++;
            counters.CountRcode(request.Rcode.Value);
            if ((MessageHeader.Flags(request.Response) & MessageHeader.Truncated) != 0)
                counters.Truncated++;
        }
    }
}
