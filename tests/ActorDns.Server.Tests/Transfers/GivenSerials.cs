using ActorDns.Protocol.Records;
using ActorDns.Server.Ports;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;

namespace ActorDns.Server.Tests.Transfers;

/// <summary>Keeps what clients were given.</summary>
internal sealed class GivenSerials : IChangeHistory
{
    public List<(string Client, uint Serial, TimeSpan Expire)> All { get; } = [];

    public ValueTask<IReadOnlyList<ZoneChange>?> ReadAsync(ServedZone zone, Serial from, Serial to, CancellationToken ct) =>
        new((IReadOnlyList<ZoneChange>?)null);

    public void Given(ServedZone zone, NetEndpoint client, Serial serial, TimeSpan expire) =>
        All.Add((client.ToString(), serial.Value, expire));
}
