using ActorDns.Protocol.Records;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;

namespace ActorDns.Server.Ports;

/// <summary>Finds changes that are older than what a snapshot carries.</summary>
public interface IChangeHistory
{
    /// <summary>
    /// The changes of a zone that lead from one serial to another, oldest first and without gaps; null when they are not kept, or cannot be
    /// read now: then the client gets the whole zone.
    /// </summary>
    ValueTask<IReadOnlyList<ZoneChange>?> ReadAsync(ServedZone zone, Serial from, Serial to, CancellationToken ct);

    /// <summary>A client has got a version whole or as differences, and may keep it until <paramref name="expire"/> is over.</summary>
    void Given(ServedZone zone, NetEndpoint client, Serial serial, TimeSpan expire);
}
