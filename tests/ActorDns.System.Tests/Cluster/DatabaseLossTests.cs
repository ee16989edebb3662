using System.Diagnostics;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>The database's primary dies under signed updates, and its synchronous standby takes over: the counts are those of any other day.</summary>
public sealed class DatabaseLossTests
{
    private const int Nodes = 3;
    private const int UpdatesAfter = 100;
    private static readonly string[] Zones = ["one.example", "two.example"];
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(TestSize.Pick(2, 5, 60));
    private static readonly TimeSpan RecoveryDeadline = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Primary_of_the_database_killed_and_standby_promoted_lose_nothing()
    {
        await using PostgreSqlServer primary = await PostgreSqlServer.StartAsync();
        string database = PostgreSqlServer.NameIn(await primary.CreateDatabaseAsync());
        await using PostgreSqlServer standby = await primary.StartStandbyAsync("standby");
        await primary.WaitForStandbyAsync("standby");
        string connection = PostgreSqlServer.ConnectionString(primary, standby, database);
        await using ClusterUnderTest cluster = await ClusterUnderTest.StartAsync(ClusterSite.OnLoopback(), Nodes, Zones, _ => connection);
        await using ClusterProof proof = await ClusterProof.StartAsync(cluster);
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource over = new();
        Task hopping = proof.HopAsync(over.Token);
        await Task.Delay(Before, TestContext.Current.CancellationToken);

        await primary.StopAsync("immediate");
        await standby.PromoteAsync();
        int acknowledged = proof.Acknowledged;
        long promoted = Stopwatch.GetTimestamp();
        while (proof.Acknowledged < acknowledged + UpdatesAfter)
        {
            Assert.True(Stopwatch.GetElapsedTime(promoted) < RecoveryDeadline, "no update is acknowledged since the standby took over:\n" + string.Join(
                '\n', Enumerable.Range(1, Nodes).SelectMany(node => cluster.LinesOf(node).TakeLast(15))));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        TimeSpan recovery = Stopwatch.GetElapsedTime(promoted);
        await over.CancelAsync();
        await hopping;
        string outcome = await proof.EndAsync(Stopwatch.GetElapsedTime(start), sql => standby.QueryAsync(database, sql));
        Evidence.Add(
            "primary of PostgreSQL killed, synchronous standby promoted",
            $"{outcome}; {UpdatesAfter} updates acknowledged {recovery.TotalSeconds:F1} s after the promotion");
    }
}
