using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;

namespace ActorDns.Flood.Scenarios;

/// <summary>Signed updates, each client sending its next one when the last is answered.</summary>
internal sealed class UpdateScenario(UpdateWorkload workload) : Scenario
{
    public static readonly UpdateScenario[] All = [.. UpdateWorkload.All.Select(static workload => new UpdateScenario(workload))];

    public override string Id => $"updates-{workload.Clients}x{workload.Records}";

    public override string Title => $"Durable updates, {workload.Name}";

    public override string Method =>
        "HMAC-SHA256; a message adds records, the next one of its client takes them away. Every server syncs its journal before it answers. "
        + "Counted is what was answered with NOERROR under a signature that verifies; without an answer in 5 s, or with a closed connection, it is lost.";

    public override string SceneId => Scenes.Updates;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("updates", "1/s", false) { Target = Target, Digits = 0 },
        new("CPU per update", "us", true) { Digits = 1 },
        new("refused", "", true) { Digits = 0 },
        new("lost", "", true) { Digits = 0 },
    ];

    private double? Target => (workload.Clients, workload.Records) switch
    {
        (50, 1) => 10,
        (1, 1) => 1.2,
        (50, 100) => 4,
        _ => null,
    };

    public override bool TakesPart(ServerKind kind) => kind.TakesUpdates;

    public override void Prepare(Server server, RoundLength length) => Flood(server, length.Warm);

    public override double[] Measure(Server server, RoundLength length)
    {
        double before = server.CpuSeconds();
        (UpdateFlood flood, double seconds) = Flood(server, length.Measured);
        double spent = server.CpuSeconds() - before;
        return flood.Updates == 0
            ? throw new InvalidOperationException("no update was answered with NOERROR")
            : [flood.Updates / seconds, spent * 1e6 / flood.Updates, flood.Refused, flood.Lost];
    }

    private (UpdateFlood Flood, double Seconds) Flood(Server server, TimeSpan duration)
    {
        using UpdateFlood flood = new(server.EndPoint, server.Scene.Zones[0].Name, workload, firstClient: 0);
        return (flood, flood.Run(duration));
    }
}
