using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;

namespace ActorDns.Flood.Scenarios;

/// <summary>How long answers take at a fixed rate of queries, with updates beside them and without.</summary>
internal sealed class LatencyScenario(int rate, bool areAllUpdated, int names) : Scenario
{
    private const int UpdatesPerSecond = 1_000;
    private const int Updaters = 64;
    private const int QueryCount = 1 << 16;

    public static LatencyScenario[] All(int names) => [new(5_000, false, names), new(20_000, false, names), new(20_000, true, names)];

    public override string Id => $"latency-{rate / 1000}k{(areAllUpdated ? "-updates" : "")}";

    public override string Title =>
        $"Latency at {rate} queries/s, {(areAllUpdated ? "1,000 updates/s at all servers" : "1,000 updates/s at ActorDns only")}";

    public override string Method =>
        "UDP, from when a query was due, so that a stall counts for all that were due in it. The updates are of one record, signed, durable, "
        + "to another zone of the server; a server that takes fewer has fewer to do. The client never sleeps.";

    public override string SceneId => Scenes.Latency;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("p99.9", "us", true) { Target = areAllUpdated || rate != 20_000 ? null : 1, Digits = 0 },
        new("p99", "us", true) { Digits = 0 },
        new("p50", "us", true) { Digits = 0 },
        new("without an answer", "", true) { Digits = 0 },
        new("updates taken", "1/s", false) { Digits = 0 },
    ];

    public override bool TakesPart(ServerKind kind) => kind.TakesUpdates || !areAllUpdated;

    public override void Prepare(Server server, RoundLength length) => Run(server, length.Warm);

    public override double[] Measure(Server server, RoundLength length)
    {
        PacedResult result = Run(server, length.Measured);
        return result.Microseconds.Length == 0
            ? throw new InvalidOperationException("no answers")
            :
            [
                result.At(0.999), result.At(0.99), result.At(0.5), result.Unanswered, result.Updates / length.Measured.TotalSeconds,
            ];
    }

    private PacedResult Run(Server server, TimeSpan duration)
    {
        bool isUpdated = areAllUpdated || server.Kind.Name == ServerKind.Ours;
        UpdateClient[] updaters = isUpdated ? [.. Enumerable.Range(0, Updaters).Select(number => Updater(server, number))] : [];
        using QueryList queries = new(QueryKind.Positive, names, QueryCount, seed: 1);
        using PacedClient client = new(server.EndPoint, queries, updaters);
        PacedResult result = client.Run(rate, isUpdated ? UpdatesPerSecond : 0, duration);
        foreach (UpdateClient updater in updaters)
            updater.Dispose();
        return result;
    }

    private static UpdateClient Updater(Server server, int number) => new(
        server.EndPoint,
        BenchmarkKey.Key,
        Protocol.Names.DomainName.Parse(BenchmarkZone.UpdateOrigin),
        number,
        new UpdateWorkload(Updaters, 1, IsStream: false));
}
