using ActorDns.Actors.Cluster;
using ActorDns.Actors.Zones;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Databases;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>A database that goes away, comes back, and comes back with less (ARCHITECTURE §5.6, §5.10). Each test stops a server of its own.</summary>
public sealed class StoreLossTests : IAsyncLifetime
{
    private static readonly ClusterSettings Local = new() { Propagation = PropagationMode.Local };
    private readonly List<ClusterZone> _zones = [];
    private PostgreSqlServer _server = null!;
    private string _connection = "";

    private string DatabaseName => _connection.Split("Database=")[1];

    public async ValueTask InitializeAsync()
    {
        _server = await PostgreSqlServer.StartAsync();
        _connection = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterZone zone in _zones)
            await zone.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Section_5_6_nodes_serve_on_without_the_database_and_catch_up_before_they_write_again()
    {
        ClusterZone[] nodes = await StartAsync(2);
        Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync("add before 60 192.0.2.1"));
        await ClusterZone.UntilAsync(() => nodes[1].Has("before"));
        await _server.StopAsync();
        Assert.Equal(Rcode.ServFail, await nodes[0].UpdateAsync("add refused 60 192.0.2.1"));
        Assert.Equal(Rcode.ServFail, await nodes[1].UpdateAsync("add refused 60 192.0.2.1"));
        Assert.All(nodes, node => Assert.Equal(2u, node.Serial));

        await _server.StartAgainAsync();
        await UntilTakenAsync(nodes[0], "after");
        await UntilTakenAsync(nodes[1], "later");
        Assert.True(nodes[1].Has("after"));
        await ClusterZone.UntilAsync(() => nodes[0].Has("later"));
        Assert.All(nodes, node => Assert.False(node.Has("refused")));
        Assert.All(nodes, node => Assert.Equal(4u, node.Serial));
        await ClusterZone.UntilAsync(() => nodes.All(node => node.Lines.Contains("are heard again")));
    }

    [Fact]
    public async Task Section_5_10_store_that_went_back_takes_no_changes_until_a_node_writes_what_it_serves()
    {
        ClusterZone[] nodes = await StartAsync(2);
        await LoseAsync(nodes, "UPDATE zone SET version = 2, serial = 2; DELETE FROM journal WHERE version > 2");
        Assert.Equal(Rcode.ServFail, await nodes[0].UpdateAsync("add refused 60 192.0.2.1"));
        Assert.Contains("went back", (await nodes[0].ReportAsync()).Blocked, StringComparison.Ordinal);
        Assert.All(nodes, node => Assert.True(node.Has("two")));
        Assert.Equal(3u, nodes[0].Serial);

        RecoverOutcome outcome = await nodes[0].RecoverAsync(acceptsLoss: false);
        Assert.Equal(4u, outcome.Serial?.Value);
        await ClusterZone.UntilAsync(() => nodes[1].Serial == 4);
        Assert.All(nodes, node => Assert.True(node.Has("one") && node.Has("two") && !node.Has("refused")));
        Assert.Equal(Rcode.NoError, await nodes[1].UpdateAsync("add after 60 192.0.2.1"));
        await ClusterZone.UntilAsync(() => nodes[0].Has("after"));
        Assert.All(nodes, node => Assert.Equal(5u, node.Serial));
    }

    [Fact]
    public async Task Section_5_10_loss_is_accepted_under_a_serial_above_every_one_that_was_served()
    {
        ClusterZone[] nodes = await StartAsync(2);
        await LoseAsync(nodes, "UPDATE zone SET version = 2, serial = 2; DELETE FROM journal WHERE version > 2");
        await ClusterZone.UntilAsync(() => nodes[0].Lines.Contains("went back"));
        RecoverOutcome outcome = await nodes[0].RecoverAsync(acceptsLoss: true);
        Assert.Equal(4u, outcome.Serial?.Value);
        await ClusterZone.UntilAsync(() => nodes[1].Serial == 4);
        Assert.All(nodes, node => Assert.True(node.Has("one") && !node.Has("two")));
        Assert.Equal(Rcode.NoError, await nodes[1].UpdateAsync("add after 60 192.0.2.1"));
    }

    [Fact]
    public async Task Section_5_10_another_change_under_the_same_version_is_noticed()
    {
        ClusterZone[] nodes = await StartAsync(2);
        await LoseAsync(nodes, "UPDATE journal SET commit_id = gen_random_uuid() WHERE version = 3");
        Assert.Equal(Rcode.ServFail, await nodes[0].UpdateAsync("add refused 60 192.0.2.1"));
        Assert.Contains("another change", (await nodes[0].ReportAsync()).Blocked, StringComparison.Ordinal);
        Assert.Equal(3u, nodes[0].Serial);
    }

    [Fact]
    public async Task Zone_that_nobody_disputes_is_not_recovered()
    {
        ClusterZone[] nodes = await StartAsync(1);
        RecoverOutcome outcome = await nodes[0].RecoverAsync(acceptsLoss: false);
        Assert.Null(outcome.Serial);
        Assert.Contains("not disputed", outcome.Text, StringComparison.Ordinal);
    }

    private async Task<ClusterZone[]> StartAsync(int count)
    {
        ClusterZone[] nodes = await ClusterZone.StartAsync(count, _connection, Local);
        _zones.AddRange(nodes);
        return nodes;
    }

    /// <summary>
    /// Two changes that all serve; then the database is another one, and is stopped and started. In the other order a node that is quick would
    /// compare what it holds before there is a difference.
    /// </summary>
    private async Task LoseAsync(ClusterZone[] nodes, string sql)
    {
        foreach (string name in (string[])["one", "two"])
            Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync($"add {name} 60 192.0.2.1"));
        await ClusterZone.UntilAsync(() => nodes.All(node => node.Has("two")));
        await _server.QueryAsync(DatabaseName, sql);
        await _server.StopAsync();
        Assert.Equal(Rcode.ServFail, await nodes[0].UpdateAsync("add refused 60 192.0.2.1"));
        await _server.StartAgainAsync();
        foreach (ClusterZone node in nodes)
        {
            // The first answer of the store ends the time in which it is not asked.
            StoreResult<StoredZone> found = default;
            while (!found.IsDone)
                found = await node.Store.Zones.FindAsync(node.Place.ZoneId, TestContext.Current.CancellationToken);
        }
    }

    private static async Task UntilTakenAsync(ClusterZone node, string name)
    {
        while (await node.UpdateAsync($"add {name} 60 192.0.2.1") is var rcode && rcode != Rcode.NoError)
            Assert.Equal(Rcode.ServFail, rcode);
    }
}
