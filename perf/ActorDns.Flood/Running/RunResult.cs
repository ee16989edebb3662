using ActorDns.Flood.Scenarios;

namespace ActorDns.Flood.Running;

/// <summary>All that a run has measured, in the form in which it is saved.</summary>
internal sealed record RunResult(DateTimeOffset Started, Machine Machine, RunOptions Options)
{
    /// <summary>Versions by server.</summary>
    public Dictionary<string, string> Versions { get; } = [];

    /// <summary>Scenarios in the order in which they ran.</summary>
    public List<ScenarioResult> Scenarios { get; } = [];

    /// <summary>Configurations as they were written: by scene, server and file.</summary>
    public SortedDictionary<string, string> Configurations { get; } = [];
}

/// <summary>What one scenario has given.</summary>
internal sealed record ScenarioResult(string Id, string Title, string Method, IReadOnlyList<Metric> Metrics)
{
    /// <summary>Every measurement.</summary>
    public List<RoundSample> Samples { get; } = [];

    /// <summary>Servers that could not do it, and why.</summary>
    public Dictionary<string, string> Failures { get; } = [];

    /// <summary>Servers with measurements, in their order.</summary>
    public IEnumerable<string> Servers => Samples.Select(static sample => sample.Server).Distinct();

    /// <summary>The figures of a server for the metric at a place, one a round.</summary>
    public Spread Of(string server, int metric) =>
        Spread.Of([.. Samples.Where(sample => sample.Server == server).Select(sample => sample.Values[metric])]);

    /// <summary>The best of the others by the median of a metric; null when there is none.</summary>
    public string? BestPeer(int metric)
    {
        IEnumerable<string> peers = Servers.Where(static server => server != Flood.Servers.ServerKind.Ours);
        return Metrics[metric].IsLowerBetter
            ? peers.MinBy(server => Of(server, metric).Median)
            : peers.MaxBy(server => Of(server, metric).Median);
    }
}

/// <summary>One server in one round: a figure for each metric.</summary>
internal sealed record RoundSample(string Server, int Round, double[] Values);

/// <summary>The middle of several figures, and how far they lie apart.</summary>
internal sealed record Spread(double Median, double Lowest, double Highest)
{
    /// <summary>Of any number of figures; not a number when there are none.</summary>
    public static Spread Of(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length == 0
            ? new Spread(double.NaN, double.NaN, double.NaN)
            : new Spread(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }
}
