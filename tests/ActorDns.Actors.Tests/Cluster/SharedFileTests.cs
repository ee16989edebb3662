using ActorDns.Actors.Cluster;
using ActorDns.Actors.Tests.Journal;
using ActorDns.Actors.Zones;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Databases;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>Zone files of nodes that share a store, and freezing (ARCHITECTURE §5.11).</summary>
public sealed class SharedFileTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private static readonly ClusterSettings Local = new() { Propagation = PropagationMode.Local };
    private readonly List<ClusterZone> _zones = [];
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        PostgreSqlServer server = await fixture.ServerAsync();
        _connection = await server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterZone zone in _zones)
            await zone.DisposeAsync();
    }

    [Fact]
    public async Task Section_5_11_file_that_differs_is_named_at_start_and_not_read()
    {
        ClusterZone first = await StartAsync("node1", JournaledZone.Text(5, "www A 192.0.2.1\n"));
        ClusterZone second = await StartAsync("node2", JournaledZone.Text(7, "other A 192.0.2.1\n"));
        Assert.Equal(5u, second.Serial);
        Assert.True(second.Has("www") && !second.Has("other"));
        Assert.True(second.Lines.Contains(
            $"named.conf:7: zone example/IN: {second.File} has serial 7 and differs from what the nodes serve under serial 5"));
        Assert.False(first.Lines.Contains("differs"));
    }

    [Fact]
    public async Task Section_5_11_reload_of_the_zone_takes_the_file_of_the_node_that_is_asked_for_all()
    {
        ClusterZone first = await StartAsync("node1", JournaledZone.Text(5));
        ClusterZone second = await StartAsync("node2", JournaledZone.Text(5));
        second.Files[second.File] = JournaledZone.Text(6, "new A 192.0.2.1\n");
        Assert.True((await second.LoadAsync()).IsLoaded);
        Assert.Equal(5u, second.Serial);
        Assert.True((await second.LoadAsync(isExplicit: true)).IsLoaded);
        Assert.Equal(6u, second.Serial);
        await ClusterZone.UntilAsync(() => first.Serial == 6 && first.Has("new"));

        // What one node has read is not new for another that gets the same file.
        File.Copy(second.File, first.File, overwrite: true);
        Assert.True((await first.LoadAsync()).IsLoaded);
        Assert.False(first.Lines.Contains("differs"));
        Assert.Equal(6u, first.Serial);
    }

    [Fact]
    public async Task Section_5_11_freeze_holds_for_all_nodes_until_any_of_them_thaws()
    {
        ClusterZone[] nodes = await ClusterZone.StartAsync(2, _connection, Local);
        _zones.AddRange(nodes);
        Assert.Equal(Rcode.NoError, await nodes[1].UpdateAsync("add before 60 192.0.2.1"));
        Assert.True(await nodes[0].AskAsync<bool?>(done => new ZoneCommand.Freeze(done)));
        Assert.True(nodes[0].Has("before"));
        Assert.Equal(Rcode.Refused, await nodes[1].UpdateAsync("add refused 60 192.0.2.1"));
        Assert.Equal(Rcode.Refused, await nodes[0].UpdateAsync("add refused 60 192.0.2.1"));
        Assert.True((await nodes[1].ReportAsync()).IsFrozen);

        Assert.Null(await nodes[0].AskAsync<string?>(done => new ZoneCommand.Sync(done)));
        await File.AppendAllTextAsync(nodes[0].File, "edited.example. 3600 IN A 192.0.2.1\n", TestContext.Current.CancellationToken);
        ZoneLoadOutcome thawed = await nodes[0].AskAsync<ZoneLoadOutcome>(done => new ZoneCommand.Thaw(done));
        Assert.True(thawed.IsLoaded, string.Join('\n', thawed.Problems));
        await ClusterZone.UntilAsync(() => nodes[1].Has("edited") && !nodes[1].ReportAsync().GetAwaiter().GetResult().IsFrozen);
        Assert.Equal(Rcode.NoError, await nodes[1].UpdateAsync("add after 60 192.0.2.1"));
        Assert.True(nodes[1].Has("before") && nodes[1].Has("edited"));
    }

    [Fact]
    public async Task Section_5_11_zone_that_was_frozen_is_frozen_on_a_node_that_starts()
    {
        ClusterZone[] nodes = await ClusterZone.StartAsync(1, _connection, Local);
        _zones.AddRange(nodes);
        Assert.True(await nodes[0].AskAsync<bool?>(done => new ZoneCommand.Freeze(done)));
        ClusterZone second = await ClusterZone.StartAsync("node2", _connection, Local);
        _zones.Add(second);
        Assert.Equal(Rcode.Refused, await second.UpdateAsync("add refused 60 192.0.2.1"));
    }

    private async Task<ClusterZone> StartAsync(string node, string file)
    {
        ClusterZone zone = await ClusterZone.StartAsync(node, _connection, Local, isDynamic: false, file: file);
        _zones.Add(zone);
        return zone;
    }
}
