using System.Diagnostics;
using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;

namespace ActorDns.Flood.Scenarios;

/// <summary>How soon a secondary answers with what its primary has acknowledged: NOTIFY, SOA query, IXFR and all.</summary>
internal sealed class VisibleScenario(bool isAtBind) : Scenario
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static readonly VisibleScenario[] All = [new(isAtBind: true), new(isAtBind: false)];

    public override string Id => isAtBind ? "visible-bind" : "visible-own";

    public override string Title => $"Update to visible at {(isAtBind ? "a BIND" : "an equal")} secondary";

    public override string Method =>
        "One signed update at a time; from its acknowledgement on, the secondary is asked for the record until it answers with it. "
        + "NOTIFY is sent without a delay where that can be set. A pause of 20 ms before the next one.";

    public override string SceneId => isAtBind ? Scenes.SeenAtBind : Scenes.SeenAtEqual;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("median", "ms", true) { Target = 0.5 },
        new("p99", "ms", true),
        new("updates", "", false) { Digits = 0 },
    ];

    public override bool TakesPart(ServerKind kind) => kind.NotifiesAtOnce;

    public override void Prepare(Server server, RoundLength length)
    {
        if (!FirstAnswer.Await(server.Secondary!.EndPoint, server.Scene.Zones[0].Origin, 6, TimeSpan.FromMinutes(1), () => server.Secondary.HasEnded))
            throw new InvalidOperationException($"its secondary does not answer; the end of its log: {server.Secondary.LastWords()}");
        Run(server, length.Warm);
    }

    public override double[] Measure(Server server, RoundLength length)
    {
        double[] milliseconds = Run(server, length.Measured);
        Array.Sort(milliseconds);
        return [milliseconds[milliseconds.Length / 2], milliseconds[(int)(0.99 * (milliseconds.Length - 1))], milliseconds.Length];
    }

    private static double[] Run(Server server, TimeSpan duration)
    {
        using VisibilityProbe probe = new(server.EndPoint, [server.Secondary!.EndPoint], server.Scene.Zones[0].Name);
        List<double> milliseconds = [];
        long start = Stopwatch.GetTimestamp();
        do
        {
            (double added, double removed) = probe.Exchange(Pause);
            milliseconds.AddRange([added, removed]);
        }
        while (Stopwatch.GetElapsedTime(start) < duration);
        return [.. milliseconds];
    }
}
