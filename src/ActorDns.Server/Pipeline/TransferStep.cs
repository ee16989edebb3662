using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Transfers;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Takes AXFR and IXFR out of the line of queries (RFC 5936 §2, RFC 1995 §2): exact zone, <c>allow-transfer</c>, then a
/// session. The quota is
/// asked for later, by the manager of sessions, so that only the entitled can use it up.
/// </summary>
internal static class TransferStep
{
    public static StepResult Run(ref Request request)
    {
        if (!IsTransfer(request))
            return StepResult.Continue;
        RecordType type = request.Layout.QuestionType;

        ServedZone zone = request.Zone!;
        ReadOnlySpan<byte> name = request.Layout.QuestionName(request.Message);
        MatchResult access = zone.AllowTransfer.Match(request.Subject);
        if (!access.IsAllowed)
        {
            request.Scratch.Events.TransferDenied(request, zone, access);
            return request.End(Rcode.Refused, ExtendedErrorCode.Prohibited);
        }

        ZoneSnapshot snapshot = request.Snapshot!;
        Serial? clientSerial = null;
        if (type == RecordType.Ixfr)
        {
            if (RequestSoa.InAuthority(request) is not { } serial)
                return request.End(Rcode.FormErr);
            clientSerial = serial;

            // A client that is not behind needs no more than the SOA; over UDP the SOA says "come by TCP" (RFC 1995 §2).
            if (!request.IsStream || !snapshot.Serial.IsNewerThan(serial))
                return AnswerSoa(ref request, snapshot);
        }

        if (request.Scratch.TransferOutcome != Rcode.NoError)
            return request.End(request.Scratch.TransferOutcome);
        if (Hold(request.Scratch.Leases, zone, $"transfer to {request.Source}") is not { } lease)
            return request.End(Rcode.ServFail, ExtendedErrorCode.NotReady);
        View view = request.View!;
        PeerRule? peer = RuleFor(view, request.Source.Address);
        request.Scratch.Transfer = new TransferRequest
        {
            Id = MessageHeader.Id(request.Message),
            Flags = ReplyStep.FlagsOf(request, isAuthoritative: true),
            QuestionName = name.ToArray(),
            Type = type,
            ClientSerial = clientSerial,
            Zone = zone,
            Lease = lease,
            Tsig = request.Scratch.IsSigned ? request.Scratch.Tsig : default,
            IsSigned = request.Scratch.IsSigned,
            Opt = EdnsReply.Make(request),
            Client = request.Source,
            ProvidesIxfr = peer?.ProvidesIxfr ?? zone.ProvideIxfr,
            IsOneAnswer = peer?.IsOneAnswer ?? view.IsOneAnswer,
        };
        return StepResult.HandOff;
    }

    /// <summary>True for AXFR and IXFR.</summary>
    public static bool IsTransfer(in Request request) =>
        request.Layout.QuestionType == RecordType.Axfr || request.Layout.QuestionType == RecordType.Ixfr;

    /// <summary>True when the question names the zone itself: no part of a zone can be transferred.</summary>
    public static bool IsApex(in Request request, ServedZone? zone) =>
        zone is not null && request.Layout.QuestionName(request.Message).Length == zone.Origin.Wire.Length;

    /// <summary>Answers for a name that is no zone of ours (RFC 5936 §2.2.1).</summary>
    public static StepResult EndWithoutZone(ref Request request)
    {
        request.Scratch.Events.TransferWithoutZone(request);
        return request.End(Rcode.NotAuth, ExtendedErrorCode.NotAuthoritative);
    }

    /// <summary>
    /// The version that is served now: the one that the request began with may have been replaced, and given up, meanwhile. A method of its
    /// own, as the next one: a lambda in the step would cost every request the object that holds what it captures.
    /// </summary>
    private static SnapshotLease? Hold(SnapshotLeases leases, ServedZone zone, string holder) =>
        leases.Acquire(() => zone.Published.Current, holder);

    private static PeerRule? RuleFor(View view, NetAddress client) => view.Peers.FirstOrDefault(rule => rule.Prefix.Contains(client));

    private static StepResult AnswerSoa(ref Request request, ZoneSnapshot snapshot)
    {
        request.Scratch.Plan.PlanSoa(snapshot, request.Layout.QuestionName(request.Message));
        request.HasPlan = true;
        return request.End(Rcode.NoError);
    }
}
