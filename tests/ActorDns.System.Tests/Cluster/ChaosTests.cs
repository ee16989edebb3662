using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>
/// Three nodes under 200 signed updates a second to all of them, while nodes are killed and cables cut: nothing that was acknowledged is
/// lost, nothing is applied twice, there is one line of serials, all nodes end alike, and a secondary that hops between them sees differences
/// only (ARCHITECTURE §5.1 to §5.8).
/// </summary>
public sealed class ChaosTests
{
    private const int Nodes = 3;
    private static readonly string[] Zones = ["one.example", "two.example", "three.example"];
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(TestSize.Pick(15, 60, 1_200));
    private readonly Random _random = new(20_261_126);
    private readonly SortedDictionary<string, int> _faults = new(StringComparer.Ordinal);

    [Fact]
    public async Task Nodes_killed_and_cut_off_lose_nothing_and_apply_nothing_twice()
    {
        await using NetworkLab? lab = await NetworkLab.TryCreateAsync(Nodes);
        Assert.SkipWhen(lab is null, "no network namespaces can be made here: they need root and the kernel's consent");
        await using PostgreSqlServer server = await PostgreSqlServer.StartUnderAsync(NetworkLab.Inside(lab.Hub), ["10.213.0.0/16"]);
        string database = PostgreSqlServer.NameIn(await server.CreateDatabaseAsync());
        await using ClusterUnderTest cluster = await ClusterUnderTest.StartAsync(ClusterSite.In(lab), Nodes, Zones, node =>
            $"Host={NetworkLab.HubAddress(NetworkLab.Cable.Database, node)};Username=postgres;Database={database};Maximum Pool Size=10");
        await using ClusterProof proof = await ClusterProof.StartAsync(cluster);
        using CancellationTokenSource over = new(Duration);
        await Task.WhenAll(BreakAsync(cluster, lab, over.Token), proof.HopAsync(over.Token));
        string outcome = await proof.EndAsync(Duration, sql => server.QueryAsync(database, sql));
        string faults = string.Join(", ", _faults.Select(fault => $"{fault.Value} {fault.Key}"));
        Evidence.Add("three nodes, killed and cut off, 200 signed updates/s", $"{Duration.TotalSeconds} s, {faults}: {outcome}");
    }

    /// <summary>Breaks one thing after another, and mends each.</summary>
    private async Task BreakAsync(ClusterUnderTest cluster, NetworkLab lab, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            int node = _random.Next(Nodes) + 1;
            TimeSpan length = TimeSpan.FromSeconds(0.2 + (_random.NextDouble() * 5));
            switch (_random.Next(5))
            {
                case 0 or 1:
                    Count("kills");
                    await cluster.KillNodeAsync(node);
                    await Task.Delay(length / 4, CancellationToken.None);
                    await cluster.StartNodeAsync(node);
                    break;
                case 2:
                    await CutAsync(lab, node, length, "cuts from the database", NetworkLab.Cable.Database);
                    break;
                case 3:
                    await CutAsync(lab, node, length, "cuts from the clients", NetworkLab.Cable.Clients);
                    break;
                default:
                    await CutAsync(lab, node, length, "cuts from both", NetworkLab.Cable.Database, NetworkLab.Cable.Clients);
                    break;
            }

            await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * 2), CancellationToken.None);
        }
    }

    private async Task CutAsync(NetworkLab lab, int node, TimeSpan length, string name, params NetworkLab.Cable[] cables)
    {
        Count(name);
        foreach (NetworkLab.Cable cable in cables)
            await lab.CutAsync(cable, node);
        await Task.Delay(length, CancellationToken.None);
        foreach (NetworkLab.Cable cable in cables)
            await lab.MendAsync(cable, node);
    }

    private void Count(string fault) => _faults[fault] = _faults.GetValueOrDefault(fault) + 1;
}
