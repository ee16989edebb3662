using System.Diagnostics;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>All nodes die at once under signed updates, again and again (ARCHITECTURE §5.3).</summary>
public sealed class KillAllTests
{
    private const int Nodes = 3;
    private const int UpdatesBetween = 40;
    private static readonly int Kills = TestSize.Pick(2, 3, 50);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Section_5_3_all_nodes_killed_at_once_keep_what_was_acknowledged_and_no_part_of_an_update()
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        string connection = await server.CreateDatabaseAsync();
        await using ClusterUnderTest cluster =
            await ClusterUnderTest.StartAsync(ClusterSite.OnLoopback(), Nodes, ["one.example", "two.example"], _ => connection);
        await using ClusterProof proof = await ClusterProof.StartAsync(cluster);
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource over = new();
        Task hopping = proof.HopAsync(over.Token);
        for (int kill = 0; kill < Kills; kill++)
        {
            await AcknowledgedAsync(proof, proof.Acknowledged + UpdatesBetween);
            await Task.WhenAll(Enumerable.Range(1, Nodes).Select(cluster.KillNodeAsync));
            for (int node = 1; node <= Nodes; node++)
                await cluster.StartNodeAsync(node);
        }

        await AcknowledgedAsync(proof, proof.Acknowledged + UpdatesBetween);
        await over.CancelAsync();
        await hopping;
        string outcome = await proof.EndAsync(
            Stopwatch.GetElapsedTime(start), sql => server.QueryAsync(PostgreSqlServer.NameIn(connection), sql));
        Evidence.Add("all nodes killed at once under signed updates", $"{Kills} times: {outcome}");
    }

    private static async Task AcknowledgedAsync(ClusterProof proof, int wanted)
    {
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(20));
        long start = Stopwatch.GetTimestamp();
        while (proof.Acknowledged < wanted)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, "no more updates are acknowledged");
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
