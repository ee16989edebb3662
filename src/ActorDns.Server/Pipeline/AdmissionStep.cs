using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Lets in what is a request at all. Less than a header, or a response, gets nothing back: an answer to an answer could go on for ever.
/// </summary>
internal static class AdmissionStep
{
    public static StepResult Run(ref Request request)
    {
        if (request.Message.Length < MessageHeader.Bytes
            || (MessageHeader.Flags(request.Message) & MessageHeader.Response) != 0)
        {
            return StepResult.Drop;
        }

        if (!request.State.Blackhole.IsNone && request.State.Blackhole.Allows(request.Subject))
            return StepResult.Drop;

        ParseError error = MessageScan.TryScan(request.Message, out request.Layout);
        return error == ParseError.None ? StepResult.Continue : request.End(Rcode.FormErr);
    }
}
