using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Scenarios;

/// <summary>A flood of queries over UDP from clients that always have the same number of queries under way.</summary>
internal sealed class UdpScenario(string id, string title, QueryKind kind, int sockets, int window, int names) : Scenario
{
    private const int QueryCount = 1 << 16;
    private const int FewSockets = 16;
    private const int FewWindow = 32;
    private const int ManySockets = 200;
    private const int ManyWindow = 4;

    public override string Id => id;

    public override string Title => $"UDP, {title}";

    public override string Method => $"{sockets} client sockets with {window} queries under way on each, without a pause.";

    public override string SceneId => Scenes.Queries;

    private bool IsGrouped => sockets == FewSockets && kind != QueryKind.Keyed;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("CPU per answer", "us", true) { Target = IsGrouped ? 0.7 : 0.85 },
        new("answers", "1/s", false) { Target = IsGrouped ? 1.4 : 1.15, Digits = 0 },
        new("length of an answer", "octets", true) { Digits = 1 },
        new("lost", "queries", true) { Digits = 0 },
    ];

    public static UdpScenario[] All(int names) =>
    [
        new("udp-uniform", "existing names, evenly", QueryKind.Positive, FewSockets, FewWindow, names),
        new("udp-zipf", "existing names, by Zipf's law", QueryKind.Zipf, FewSockets, FewWindow, names),
        new("udp-nxdomain", "names that do not exist", QueryKind.Absent, FewSockets, FewWindow, names),
        new("udp-referral", "names below delegations", QueryKind.Referral, FewSockets, FewWindow, names),
        new("udp-signed", "signed zone, DO", QueryKind.Signed, FewSockets, FewWindow, names),
        new("udp-signed-nxdomain", "signed zone, DO, names that do not exist", QueryKind.SignedAbsent, FewSockets, FewWindow, names),
        new("udp-uniform-many", "existing names, evenly, from many sockets", QueryKind.Positive, ManySockets, ManyWindow, names),
        new("udp-signed-many", "signed zone, DO, from many sockets", QueryKind.Signed, ManySockets, ManyWindow, names),
        new("udp-tsig", "queries and answers signed with TSIG", QueryKind.Keyed, FewSockets, FewWindow, names),
    ];

    public override void Prepare(Server server, RoundLength length) => Flood(server, length.Warm);

    public override double[] Measure(Server server, RoundLength length)
    {
        double before = server.CpuSeconds();
        FloodResult result = Flood(server, length.Measured);
        double spent = server.CpuSeconds() - before;
        Check(result);
        return [spent * 1e6 / result.Answers, result.Rate, result.MeanBytes, result.Lost];
    }

    private FloodResult Flood(Server server, TimeSpan duration)
    {
        using QueryList queries = new(kind, names, QueryCount, seed: 1);
        using FloodClient client = new(server.EndPoint, sockets, window, queries);
        return client.Run(duration);
    }

    private void Check(FloodResult result)
    {
        int expected = kind is QueryKind.Absent or QueryKind.SignedAbsent ? 3 : 0;
        if (result.ByRcode[expected] == 0 || result.ByRcode[expected] != result.Answers)
            throw new InvalidOperationException($"{result.Answers} answers, but {result.ByRcode[expected]} with rcode {expected}");
        if (kind == QueryKind.Keyed && result.WithAdditional != result.Answers)
            throw new InvalidOperationException("answers to signed queries are not signed");
    }
}
