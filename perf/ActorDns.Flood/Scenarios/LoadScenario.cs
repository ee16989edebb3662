using System.Diagnostics;
using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Scenarios;

/// <summary>A server is started with the large zone.</summary>
internal sealed class LoadScenario : Scenario
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public override string Id => "load";

    public override string Title => "Load of the large zone";

    public override string Method =>
        "From the start of the process to the first answer out of the zone. The memory is that of all processes of the server 2 s later, "
        + "shared pages counted once, divided by the records; what the program itself needs is in it.";

    public override string SceneId => Scenes.Large;

    public override bool StartsServers => true;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("start to first answer", "s", true) { Target = 0.5 },
        new("memory per record", "octets", true) { Target = 0.65, Digits = 0 },
        new("CPU until then", "s", true),
    ];

    public override double[] Measure(Server server, RoundLength length)
    {
        SceneZone zone = server.Scene.Zones[0];
        long start = Stopwatch.GetTimestamp();
        server.Start();
        if (!FirstAnswer.Await(server.EndPoint, zone.Origin, 6, Longest, () => server.HasEnded))
            throw new InvalidOperationException("it did not answer");
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double spent = server.CpuSeconds();
        Thread.Sleep(Rest);
        return [seconds, (double)server.MemoryBytes() / zone.Records, spent];
    }
}
