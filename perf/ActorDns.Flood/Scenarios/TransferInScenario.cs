using System.Diagnostics;
using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Scenarios;

/// <summary>An empty secondary is started and takes the large zone from a primary.</summary>
internal sealed class TransferInScenario : Scenario
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public override string Id => "axfr-in";

    public override string Title => "AXFR in";

    public override string Method =>
        "From the start of an empty secondary to its first answer out of the zone, which it takes signed from ActorDns on the other core; "
        + "its files are taken away before each round.";

    public override string SceneId => Scenes.Copy;

    public override bool StartsServers => true;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("start to first answer", "s", true) { Target = 1 / 1.5 },
        new("CPU until then", "s", true),
    ];

    public override double[] Measure(Server server, RoundLength length)
    {
        server.Forget();
        long start = Stopwatch.GetTimestamp();
        server.Start();
        if (!FirstAnswer.Await(server.EndPoint, server.Scene.Zones[0].Origin, 6, Longest, () => server.HasEnded))
            throw new InvalidOperationException("it did not answer");
        return [Stopwatch.GetElapsedTime(start).TotalSeconds, server.CpuSeconds()];
    }
}
