using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline;

/// <summary>Finds the zone of the question, asks its access lists, and takes the snapshot that the whole reply comes from.</summary>
internal static class ZoneStep
{
    public static StepResult Run(ref Request request)
    {
        ZoneTable zones = request.Layout.QuestionClass == RecordClass.Ch ? request.State.Views.Chaos : request.View!.Zones;
        ServedZone? zone = zones.FindEnclosing(
            request.Layout.QuestionName(request.Message), request.Layout.QuestionType == RecordType.Ds);

        // DS of a zone whose parent is not ours is answered from the child's side, as NODATA (RFC 4035 §3.1.4.1).
        if (zone is null && request.Layout.QuestionType == RecordType.Ds)
            zone = zones.FindEnclosing(request.Layout.QuestionName(request.Message));
        if (zone is null)
            return request.End(Rcode.Refused, ExtendedErrorCode.NotAuthoritative);

        request.Zone = zone;
        if (!MayQuery(ref request, zone))
            return request.End(Rcode.Refused, ExtendedErrorCode.Prohibited);

        request.Snapshot = zone.Published.Current;
        return request.Snapshot is null
            ? request.End(Rcode.ServFail, ExtendedErrorCode.NotReady)
            : StepResult.Continue;
    }

    /// <summary>True when the zone's <c>allow-query</c> and <c>allow-query-on</c> let this request in; a refusal is logged.</summary>
    public static bool MayQuery(ref Request request, ServedZone zone)
    {
        if (!zone.AllowQuery.IsAny)
        {
            MatchResult result = zone.AllowQuery.Match(request.Subject);
            if (!result.IsAllowed)
            {
                request.Scratch.Events.QueryDenied(request, zone, "allow-query", result);
                return false;
            }
        }

        if (!zone.AllowQueryOn.IsAny)
        {
            MatchResult result = zone.AllowQueryOn.Match(request.Subject.AsDestination());
            if (!result.IsAllowed)
            {
                request.Scratch.Events.QueryDenied(request, zone, "allow-query-on", result);
                return false;
            }
        }

        return true;
    }
}
