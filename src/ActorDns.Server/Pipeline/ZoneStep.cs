using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline;

/// <summary>Finds the zone of the question, asks its access lists, and takes the snapshot that the whole reply comes from.</summary>
internal static class ZoneStep
{
    public static StepResult Run(ref Request request)
    {
        ServedZone? zone = FindZone(request, request.Layout.QuestionName(request.Message));
        if (TransferStep.IsTransfer(request) && !TransferStep.IsApex(request, zone))
            return TransferStep.EndWithoutZone(ref request);
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

    /// <summary>
    /// The zone of ours nearest to a name. A question for DS belongs to the parent's side of a cut; without the parent the child answers
    /// it, with NODATA (RFC 4035 §3.1.4.1).
    /// </summary>
    public static ServedZone? FindZone(in Request request, ReadOnlySpan<byte> name)
    {
        ZoneTable zones = request.Layout.QuestionClass == RecordClass.Ch ? request.State.Views.Chaos : request.View!.Zones;
        ServedZone? zone = null;
        if (request.Layout.QuestionType == RecordType.Ds)
            zone = zones.FindEnclosing(name, aboveApex: true);
        return zone ?? zones.FindEnclosing(name);
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
