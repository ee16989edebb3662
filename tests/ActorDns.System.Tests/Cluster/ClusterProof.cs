using System.Diagnostics;
using System.Globalization;

namespace ActorDns.System.Tests.Cluster;

/// <summary>
/// Signed updates to all nodes, and secondaries that hop between them, while a test does harm; at the end, whether every acknowledged update
/// is there, none was applied twice, serials are one line, the nodes serve the same and the secondaries saw differences only.
/// </summary>
internal sealed class ClusterProof : IAsyncDisposable
{
    public const int UpdatesPerSecond = 200;

    /// <summary>Fewer would prove little; how many there are is the machine's affair.</summary>
    private const int MinimumPerSecond = 10;

    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(90);
    private readonly ClusterUnderTest _cluster;
    private readonly HoppingSecondary[] _secondaries;
    private readonly UpdateFlood _flood;

    private ClusterProof(ClusterUnderTest cluster, HoppingSecondary[] secondaries)
    {
        _cluster = cluster;
        _secondaries = secondaries;
        _flood = new UpdateFlood(cluster, UpdatesPerSecond);
    }

    /// <summary>Gives each zone a secondary, and begins to send updates.</summary>
    public static async Task<ClusterProof> StartAsync(ClusterUnderTest cluster)
    {
        HoppingSecondary[] secondaries = [.. cluster.Zones.Select(zone => new HoppingSecondary(cluster, zone))];
        foreach (HoppingSecondary secondary in secondaries)
            await secondary.StartAsync();
        return new ClusterProof(cluster, secondaries);
    }

    /// <summary>Updates that were acknowledged so far.</summary>
    public int Acknowledged => _flood.Acknowledged.Count;

    /// <summary>Has the secondaries ask node after node until the test is over.</summary>
    public async Task HopAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            foreach (HoppingSecondary secondary in _secondaries)
                await secondary.HopAsync();
        }
    }

    /// <summary>Ends the updates and checks all of it; gives the figures.</summary>
    public async Task<string> EndAsync(TimeSpan duration, Func<string, Task<string>> query)
    {
        await _flood.StopAsync();
        string[][] zones = await ReadSettledAsync();
        CheckAcknowledged(zones, duration);
        await CheckJournalAsync(query);
        await CheckSecondariesAsync(zones);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Acknowledged} acknowledged, 0 lost, 0 twice; {_flood.Repeated} sent again, {_flood.Refused} refused, {_flood.Unanswered} never acknowledged; {_secondaries.Sum(secondary => secondary.Differences)} IXFRs by hopping secondaries, 0 AXFRs");
    }

    public ValueTask DisposeAsync() => _flood.DisposeAsync();

    /// <summary>The zones from node 1 once all nodes give the same.</summary>
    private async Task<string[][]> ReadSettledAsync()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            string[][][] all = new string[_cluster.Nodes][][];
            for (int node = 1; node <= _cluster.Nodes; node++)
            {
                all[node - 1] = new string[_cluster.Zones.Length][];
                for (int zone = 0; zone < _cluster.Zones.Length; zone++)
                    all[node - 1][zone] = await _cluster.TransferAsync(node, _cluster.Zones[zone]);
            }

            if (all.All(zones => zones.Zip(all[0]).All(pair => pair.First.SequenceEqual(pair.Second))))
                return all[0];
            Assert.True(Stopwatch.GetElapsedTime(start) < SettleDeadline, "the nodes do not come to serve the same:\n" + string.Join('\n', all.Select(
                (zones, at) => $"node {at + 1}: {string.Join(", ", zones.Select(zone => $"{zone.Length} records"))}\n{LastLines(at + 1)}")));
            await Task.Delay(TimeSpan.FromMilliseconds(200), CancellationToken.None);
        }
    }

    private string LastLines(int node) => string.Join(
        '\n', _cluster.LinesOf(node).Where(line => !line.Contains(": transfer of", StringComparison.Ordinal)).TakeLast(20));

    private void CheckAcknowledged(string[][] zones, TimeSpan duration)
    {
        HashSet<string> there = [.. zones.SelectMany(zone => zone).Where(line => line.StartsWith('u')).Select(line => line.Split(' ')[0])];
        string[] lost = [.. _flood.Acknowledged.Where(owner => !there.Contains(owner))];
        Assert.True(lost.Length == 0, $"{lost.Length} acknowledged updates are lost: {string.Join(' ', lost.Take(10))}");
        HashSet<string> twins = [.. zones.SelectMany(zone => zone).Where(line => line.StartsWith(UpdateFlood.Twin, StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0][UpdateFlood.Twin.Length..])];
        Assert.True(twins.SetEquals(there), "an update is there in part");
        Assert.True(_flood.Acknowledged.Count > MinimumPerSecond * duration.TotalSeconds, $"only {_flood.Acknowledged.Count} were acknowledged");
    }

    /// <summary>One line of versions and serials without gaps, and each name added once.</summary>
    private static async Task CheckJournalAsync(Func<string, Task<string>> query)
    {
        string gaps = await query("""
            SELECT count(*) FROM (
                SELECT version - lag(version) OVER w AS step, serial_from, lag(serial_to) OVER w AS before
                FROM journal WINDOW w AS (PARTITION BY zone_id ORDER BY version)) AS line
            WHERE before IS NOT NULL AND (step <> 1 OR serial_from <> before)
            """);
        Assert.Equal("0", gaps);
        string twice = await query("""
            SELECT count(*) FROM (
                SELECT added.name[1] FROM journal, regexp_matches(diff, '^\+(u[0-9]+\.[a-z.]+) ', 'gn') AS added (name)
                GROUP BY 1 HAVING count(*) > 1) AS repeated
            """);
        Assert.Equal("0", twice);
        string names = await query(
            @"SELECT count(*) FROM journal, regexp_matches(diff, '^\+(u[0-9]+\.[a-z.]+) ', 'gn')");
        Assert.True(int.Parse(names, CultureInfo.InvariantCulture) > 0, "the journal names no update: the check above checks nothing");
    }

    private async Task CheckSecondariesAsync(string[][] zones)
    {
        for (int i = 0; i < _secondaries.Length; i++)
        {
            for (int node = 0; node < _cluster.Nodes; node++)
                await _secondaries[i].HopAsync();
            Assert.Empty(_secondaries[i].Faults);
            Assert.Equal(zones[i], _secondaries[i].Records);
            Assert.True(_secondaries[i].Differences > 0, "the secondary saw no difference");
        }
    }
}
