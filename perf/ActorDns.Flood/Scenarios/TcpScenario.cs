using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Scenarios;

/// <summary>A flood of queries over connections that stay open.</summary>
internal sealed class TcpScenario(int names) : Scenario
{
    private const int QueryCount = 1 << 16;
    private const int Connections = 16;
    private const int Window = 8;

    public override string Id => "tcp";

    public override string Title => "TCP, existing names, evenly";

    public override string Method =>
        $"{Connections} connections that stay open, {Window} queries under way on each; one that is closed is opened anew and counted.";

    public override string SceneId => Scenes.Queries;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("CPU per answer", "us", true) { Target = 0.8 },
        new("answers", "1/s", false) { Target = 1.2, Digits = 0 },
        new("connections closed by the server", "", true) { Digits = 0 },
    ];

    public override void Prepare(Server server, RoundLength length) => Flood(server, length.Warm);

    public override double[] Measure(Server server, RoundLength length)
    {
        double before = server.CpuSeconds();
        StreamFloodResult result = Flood(server, length.Measured);
        double spent = server.CpuSeconds() - before;
        return result.Answers == 0
            ? throw new InvalidOperationException("no answers")
            : [spent * 1e6 / result.Answers, result.Answers / result.Seconds, result.Closed];
    }

    private StreamFloodResult Flood(Server server, TimeSpan duration)
    {
        using QueryList queries = new(QueryKind.Positive, names, QueryCount, seed: 1);
        using StreamFlood flood = new(server.EndPoint, Connections, Window, queries);
        return flood.Run(duration);
    }
}
