using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Takes an UPDATE to its zone's writer: zone section, then who may change the zone at all (RFC 2136 §3.1, §3.3). What may be changed
/// in it, prerequisites and changes themselves are the writer's.
/// </summary>
internal static class UpdateStep
{
    public static StepResult Run(ref Request request)
    {
        if (!request.Layout.HasQuestion || request.Layout.QuestionType != RecordType.Soa)
            return request.End(Rcode.FormErr);
        ServedZone? zone = request.View!.Zones.FindExact(request.Layout.QuestionName(request.Message));
        if (zone is null || request.Layout.QuestionClass != RecordClass.In)
            return request.End(Rcode.NotAuth);

        request.Zone = zone;
        if (!ZoneStep.MayQuery(ref request, zone)) // Prerequisites tell what a query would tell.
            return request.End(Rcode.Refused, ExtendedErrorCode.Prohibited);
        if (!MayUpdate(ref request, zone))
            return request.End(Rcode.Refused, ExtendedErrorCode.Prohibited);
        if (request.Scratch.Writers is null)
            return request.End(Rcode.ServFail, ExtendedErrorCode.NotReady);

        request.Scratch.Update = new PendingUpdate
        {
            Zone = zone,
            Message = request.Message.ToArray(),
            Client = request.Source,
            Local = request.Local,
            Transport = request.Transport,
            Tsig = request.Scratch.IsSigned ? request.Scratch.Tsig : default,
            KeyAliases = request.Scratch.KeyAliases,
            LogPrefix = RequestEvents.UpdateClient(request),
            Layout = request.Layout,
            Flags = ReplyStep.FlagsOf(request, isAuthoritative: false),
            Opt = EdnsReply.Make(request),
        };
        return StepResult.HandOff;
    }

    /// <summary>
    /// The address and key lists of the zone. With an update policy the writer asks it record by record; here it only matters that
    /// somebody is there whom a rule could name: a key, or an address that a stream has proven.
    /// </summary>
    private static bool MayUpdate(ref Request request, ServedZone zone)
    {
        if (zone is { Role: ZoneRole.Primary, HasUpdatePolicy: true })
        {
            if (request.IsStream || !request.Scratch.VerifiedKeyName.IsEmpty)
                return true;
            request.Scratch.Events.UpdateDenied(request, zone, "update-policy: neither signed nor by TCP");
            return false;
        }

        (string list, MatchList allowed) = zone.Role == ZoneRole.Primary
            ? ("allow-update", zone.AllowUpdate)
            : ("allow-update-forwarding", zone.AllowUpdateForwarding);
        MatchResult access = allowed.Match(request.Subject);
        if (access.IsAllowed)
            return true;
        request.Scratch.Events.UpdateDenied(request, zone, RequestEvents.Rule(list, access));
        return false;
    }
}
