using System.Diagnostics;
using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;

namespace ActorDns.Flood.Scenarios;

/// <summary>A server that has taken many updates is killed and started again.</summary>
internal sealed class RestartScenario : Scenario
{
    private const int Updates = 20_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public override string Id => "restart";

    public override string Title => "Restart with a long journal";

    public override string Method =>
        "The large zone takes 20,000 updates of a record once, then the server is killed without warning and started again, round by round: "
        + "from the start of the process to the first answer out of the zone.";

    public override string SceneId => Scenes.Restarts;

    public override bool StartsServers => true;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("start to first answer", "s", true) { Target = 1 / 6.0 },
        new("CPU until then", "s", true),
    ];

    public override bool TakesPart(ServerKind kind) => kind.TakesUpdates;

    public override void Prepare(Server server, RoundLength length)
    {
        Measure(server, length);
        UpdateHistory.Make(server, Updates);
        server.Kill();
    }

    public override double[] Measure(Server server, RoundLength length)
    {
        long start = Stopwatch.GetTimestamp();
        server.Start();
        if (!FirstAnswer.Await(server.EndPoint, server.Scene.Zones[0].Origin, 6, Longest, () => server.HasEnded))
            throw new InvalidOperationException("it did not answer");
        return [Stopwatch.GetElapsedTime(start).TotalSeconds, server.CpuSeconds()];
    }
}
