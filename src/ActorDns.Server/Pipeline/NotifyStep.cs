using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Answers NOTIFY (RFC 1996 §3). A secondary's writer hears of it when the sender is one of its primaries or allowed by
/// <c>allow-notify</c>; a primary acknowledges and does nothing, as BIND does.
/// </summary>
internal static class NotifyStep
{
    public static StepResult Run(ref Request request)
    {
        if (!request.Layout.HasQuestion)
            return request.End(Rcode.FormErr);
        ServedZone? zone = request.View!.Zones.FindExact(request.Layout.QuestionName(request.Message));
        if (zone is null || request.Layout.QuestionClass != RecordClass.In)
            return request.End(Rcode.NotAuth);

        request.Zone = zone;
        request.Scratch.Events.NotifyReceived(request, zone);
        if (zone.Role == ZoneRole.Primary)
            return Acknowledge(ref request);

        MatchResult access = zone.NotifySources.Match(request.Subject);
        if (!access.IsAllowed)
        {
            request.Scratch.Events.NotifyRefused(request, zone, access);
            return request.End(Rcode.Refused, ExtendedErrorCode.Prohibited);
        }

        if (request.Layout.QuestionType != RecordType.Soa)
            return request.End(Rcode.NotImp); // RFC 1996 §1.2 is for SOA only.
        DomainName? key = request.Scratch.IsSigned ? request.Scratch.Tsig.Key?.Name : null;
        ReceivedNotify notify = new(zone, request.Source, key, RequestSoa.InAnswer(request));
        return request.Scratch.Writers?.TryNotify(notify) == true ? Acknowledge(ref request) : StepResult.Drop;
    }

    private static StepResult Acknowledge(ref Request request)
    {
        request.IsNotifyReply = true;
        return request.End(Rcode.NoError);
    }
}
