using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Lets queries go on and answers every other opcode, so that none is met with silence (RFC 8906 §3.1.4).
/// </summary>
internal static class OpcodeStep
{
    public static StepResult Run(ref Request request)
    {
        Opcode opcode = MessageHeader.Opcode(request.Message);
        if (opcode == Opcode.Query)
            return StepResult.Continue;
        if (opcode == Opcode.Notify)
            return AnswerNotify(ref request);
        if (opcode == Opcode.Update)
            return AnswerUpdate(ref request);
        return request.End(Rcode.NotImp);
    }

    /// <summary>
    /// A NOTIFY for a zone of which we are a primary is acknowledged and changes nothing; for any other name we are not
    /// authoritative (RFC 1996 §3.10 leaves the answer open; this is what BIND says).
    /// </summary>
    private static StepResult AnswerNotify(ref Request request)
    {
        if (!request.Layout.HasQuestion)
            return request.End(Rcode.FormErr);
        ServedZone? zone = request.View!.Zones.FindExact(request.Layout.QuestionName(request.Message));
        request.IsNotifyReply = zone is not null;
        return request.End(zone is null ? Rcode.NotAuth : Rcode.NoError);
    }

    /// <summary>Updates are refused by the default of <c>allow-update</c>, which is to allow nobody (RFC 2136 §3.3).</summary>
    private static StepResult AnswerUpdate(ref Request request)
    {
        if (!request.Layout.HasQuestion || request.Layout.QuestionType != RecordType.Soa)
            return request.End(Rcode.FormErr);
        ServedZone? zone = request.View!.Zones.FindExact(request.Layout.QuestionName(request.Message));
        if (zone is null)
            return request.End(Rcode.NotAuth);
        request.Zone = zone;
        request.Scratch.Events.UpdateDenied(request, zone);
        return request.End(Rcode.Refused, ExtendedErrorCode.Prohibited);
    }
}
