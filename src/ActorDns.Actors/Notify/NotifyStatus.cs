using ActorDns.Protocol.Records;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Notify;

/// <summary>How a server that is told of a zone's changes stands.</summary>
/// <param name="Zone">The zone as logs name it.</param>
/// <param name="Endpoint">The server.</param>
/// <param name="Key">Name of the key that signs; null for unsigned.</param>
/// <param name="InFlight">The serial that it has been told and has not acknowledged yet.</param>
/// <param name="Acknowledged">The last serial that it acknowledged.</param>
/// <param name="AcknowledgedAt">When it did.</param>
/// <param name="Failures">How often in a row it did not.</param>
/// <param name="Problem">What went wrong last; null when nothing did since.</param>
public sealed record NotifyStatus(
    string Zone,
    NetEndpoint Endpoint,
    string? Key,
    Serial? InFlight,
    Serial? Acknowledged,
    DateTimeOffset? AcknowledgedAt,
    int Failures,
    string? Problem);
