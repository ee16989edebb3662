using System.Diagnostics;
using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Scenarios;

/// <summary>A server is started with many small zones.</summary>
internal sealed class ManyZonesScenario : Scenario
{
    private const int Asked = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public override string Id => "many-zones";

    public override string Title => "Start with 10,000 small zones";

    public override string Method =>
        $"From the start of the process until {Asked} zones, the last one among them, have answered; memory 2 s later, shared pages counted once.";

    public override string SceneId => Scenes.Many;

    public override bool StartsServers => true;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("start to all answers", "s", true) { Target = 1 },
        new("memory", "MB", true) { Target = 1, Digits = 1 },
        new("CPU until then", "s", true),
    ];

    public override double[] Measure(Server server, RoundLength length)
    {
        SceneZone[] zones = server.Scene.Zones;
        long start = Stopwatch.GetTimestamp();
        server.Start();
        for (int i = 1; i <= Asked; i++)
        {
            if (!FirstAnswer.Await(server.EndPoint, zones[(i * zones.Length / Asked) - 1].Origin, 6, Longest, () => server.HasEnded))
                throw new InvalidOperationException("it did not answer");
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double spent = server.CpuSeconds();
        Thread.Sleep(Rest);
        return [seconds, server.MemoryBytes() / 1e6, spent];
    }
}
