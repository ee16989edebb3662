using System.Globalization;
using ActorDns.Flood.Updating;

namespace ActorDns.Flood.Clustering;

/// <summary>Measures three nodes that share a PostgreSQL: updates per second, and how soon the others answer with them.</summary>
internal static class ClusterCommand
{
    private const int DefaultRounds = 3;
    private const int DefaultSeconds = 5;
    private const int VisibilityUpdates = 2_000;
    private const int ClientsPerNode = 16;

    /// <summary>Measures and writes the result.</summary>
    public static int Run(string directory, string results, string serverPath, string[] options)
    {
        int rounds = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : DefaultRounds;
        int seconds = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : DefaultSeconds;
        List<ClusterSample> samples = [];
        double[] visible;
        using (NodeGroup group = NodeGroup.Start(Path.Combine(directory, "local"), Path.GetFullPath(serverPath), "local"))
        {
            visible = MeasureVisibility();
            Measure(samples, "local", rounds, seconds);
        }

        using (NodeGroup group = NodeGroup.Start(Path.Combine(directory, "all"), Path.GetFullPath(serverPath), "all-live"))
            Measure(samples, "all-live", rounds, seconds);
        ClusterReport.Write(results, visible, samples, rounds, seconds);
        return 0;
    }

    /// <summary>The first node is updated, which acknowledges what is committed (<c>local</c>); the others are asked.</summary>
    private static double[] MeasureVisibility()
    {
        using VisibilityProbe probe = new(NodeGroup.EndPoint(0), Enumerable.Range(1, NodeGroup.Nodes - 1).Select(NodeGroup.EndPoint), NodeGroup.HotZone);
        List<double> milliseconds = [];
        while (milliseconds.Count < VisibilityUpdates)
        {
            (double added, double removed) = probe.Exchange(TimeSpan.Zero);
            milliseconds.AddRange([added, removed]);
        }

        return [.. milliseconds];
    }

    private static void Measure(List<ClusterSample> samples, string propagation, int rounds, int seconds)
    {
        for (int round = 0; round <= rounds; round++)
        {
            // The first round warms caches and compiler, and is left out.
            TimeSpan duration = TimeSpan.FromSeconds(round == 0 ? 1 : seconds);
            ClusterSample[] measured =
            [
                Flood("one node, one zone", propagation, duration, [(0, NodeGroup.OwnZone(0))]),
                Flood("three nodes, a zone each", propagation, duration, [.. Enumerable.Range(0, NodeGroup.Nodes).Select(node => (node, NodeGroup.OwnZone(node)))]),
                Flood("three nodes, one hot zone", propagation, duration, [.. Enumerable.Range(0, NodeGroup.Nodes).Select(node => (node, NodeGroup.HotZone))]),
            ];
            if (round > 0)
                samples.AddRange(measured);
        }
    }

    private static ClusterSample Flood(string load, string propagation, TimeSpan duration, (int Node, string Zone)[] targets)
    {
        UpdateFlood[] floods = [.. targets.Select((target, at) => new UpdateFlood(
            NodeGroup.EndPoint(target.Node), target.Zone, new UpdateWorkload(ClientsPerNode, 1, IsStream: false), at * ClientsPerNode))];
        double[] taken = new double[floods.Length];
        Thread[] threads = [.. floods.Select((flood, at) => new Thread(() => taken[at] = flood.Run(duration)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        ClusterSample sample = new(
            load,
            propagation,
            floods.Select((flood, at) => flood.Updates / taken[at]).Sum(),
            floods.Sum(static flood => flood.Refused),
            floods.Sum(static flood => flood.Lost));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{load}, {propagation}: {sample.UpdatesPerSecond:F0}/s, {sample.Refused} refused, {sample.Lost} lost"));
        foreach (UpdateFlood flood in floods)
            flood.Dispose();
        return sample;
    }
}
