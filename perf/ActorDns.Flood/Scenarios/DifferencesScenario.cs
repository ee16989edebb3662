using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;

namespace ActorDns.Flood.Scenarios;

/// <summary>IXFR over many updates, out of the journal.</summary>
internal sealed class DifferencesScenario : Scenario
{
    private const int Updates = 10_000;
    private const uint FirstSerial = 1;

    public override string Id => "ixfr";

    public override string Title => "IXFR of 10,000 updates";

    public override string Method =>
        "Each server takes 10,000 updates of a record, and is then asked for the differences from its first serial, signed. "
        + "A server that merges them sends little, one that has dropped some sends the zone: see the octets.";

    public override string SceneId => Scenes.History;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("query to last octet", "ms", true) { Target = 1 },
        new("octets", "", true) { Digits = 0 },
        new("CPU", "ms", true) { Digits = 1 },
    ];

    public override bool TakesPart(ServerKind kind) => kind.TakesUpdates;

    public override void Prepare(Server server, RoundLength length)
    {
        UpdateHistory.Make(server, Updates);
        Measure(server, length);
    }

    public override double[] Measure(Server server, RoundLength length)
    {
        double before = server.CpuSeconds();
        TransferResult result = TransferClient.Differences(server.EndPoint, server.Scene.Zones[0].Origin, FirstSerial);
        return [result.Seconds * 1e3, result.Octets, (server.CpuSeconds() - before) * 1e3];
    }
}
