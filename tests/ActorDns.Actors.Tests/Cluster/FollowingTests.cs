using ActorDns.Actors.Cluster;
using ActorDns.Actors.Tests.Journal;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Databases;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>Nodes on one PostgreSQL follow each other (ARCHITECTURE §5.1, §5.2, §5.5).</summary>
public sealed class FollowingTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private readonly List<ClusterZone> _zones = [];
    private PostgreSqlServer _server = null!;
    private string _connection = "";

    public async ValueTask InitializeAsync()
    {
        _server = await fixture.ServerAsync();
        _connection = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterZone zone in _zones)
            await zone.DisposeAsync();
    }

    [Fact]
    public async Task Section_5_1_any_node_takes_updates_and_section_5_5_all_serve_them_when_they_are_acknowledged()
    {
        ClusterZone[] nodes = await StartAsync(3);
        uint serial = 1;
        for (int round = 0; round < 5; round++)
        {
            foreach (ClusterZone node in nodes)
            {
                Assert.Equal(Rcode.NoError, await node.UpdateAsync($"add h{++serial} 60 192.0.2.1"));
                Assert.All(nodes, other => Assert.Equal(serial, other.Serial));
                Assert.All(nodes, other => Assert.True(other.Has($"h{serial}")));
            }
        }

        Assert.Equal(2 + 15, nodes[0].ChangesSince(1).Length); // The SOA, and what was added.
        Assert.All(nodes, node => Assert.Equal(nodes[0].ChangesSince(1), node.ChangesSince(1)));
    }

    [Fact]
    public async Task Section_5_2_nodes_that_write_at_once_lose_nothing_and_give_no_serial_twice()
    {
        ClusterZone[] nodes = await StartAsync(3);
        const int Updates = 20;
        await Task.WhenAll(nodes.SelectMany((node, n) => Enumerable.Range(0, Updates).Select(async i =>
            Assert.Equal(Rcode.NoError, await node.UpdateAsync($"add h{n}-{i} 60 192.0.2.1")))));
        Assert.All(nodes, node => Assert.Equal(1u + (3 * Updates), node.Serial));
        Assert.All(nodes, node => Assert.Equal(nodes[0].ChangesSince(1), node.ChangesSince(1)));
        Assert.Equal(2 + (3 * Updates), nodes[0].ChangesSince(1).Length);
    }

    [Fact]
    public async Task Section_5_2_node_with_one_client_is_not_starved_by_nodes_that_write_all_the_time()
    {
        ClusterZone[] nodes = await StartAsync(3, new ClusterSettings { Propagation = PropagationMode.Local });
        using CancellationTokenSource enough = new();
        Task[] others = [.. nodes.Skip(1).Select((node, n) => Task.Run(async () =>
        {
            for (int i = 0; !enough.IsCancellationRequested; i++)
                Assert.Equal(Rcode.NoError, await node.UpdateAsync($"add busy{n}-{i % 50} 60 192.0.2.{(i % 250) + 1}", $"delete old{n}-{i % 50}"));
        }))];
        for (int i = 0; i < 20; i++)
        {
            uint before = nodes[0].Serial;
            Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync($"add slow{i} 60 192.0.2.1"));
            Assert.InRange(nodes[0].Serial - before, 1u, 200u); // Others may come first some times, not for ever.
        }

        await enough.CancelAsync();
        await Task.WhenAll(others);
        await ClusterZone.UntilAsync(() => nodes.All(node => node.Serial == nodes[0].Serial));
        Assert.All(nodes, node => Assert.True(node.Has("slow19")));
    }

    [Fact]
    public async Task Section_5_5_signal_that_is_lost_shows_by_its_number_and_the_feed_tells_instead()
    {
        ClusterZone[] nodes = await StartAsync(2);
        for (int round = 0; round < 3; round++)
        {
            // Not before the number was heard that is missing may the feed help.
            nodes[1].Store.HasNoFeed = true;
            nodes[1].Store.LosesHeard = text =>
            {
                bool isReminder = text.StartsWith("g " + nodes[0].Actors.Membership.Incarnation.ToString("N"), StringComparison.Ordinal)
                    && !text.Contains(':', StringComparison.Ordinal);
                if (isReminder)
                    nodes[1].Store.HasNoFeed = false;
                return text.StartsWith('g') && !isReminder;
            };
            Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync($"add lost{round} 60 192.0.2.1"));
            Assert.True(nodes[1].Has($"lost{round}"));
        }
    }

    [Fact]
    public async Task Section_5_5_poll_brings_changes_to_a_node_that_hears_nothing()
    {
        ClusterZone[] nodes = await StartAsync(2, new ClusterSettings { Propagation = PropagationMode.Local });
        nodes[1].Store.LosesHeard = static _ => true;
        Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync("add www 60 192.0.2.1"));
        await ClusterZone.UntilAsync(() => nodes[1].Has("www"));
    }

    [Fact]
    public async Task Section_5_5_node_that_does_not_acknowledge_lags_and_delays_one_answer_only()
    {
        ClusterZone[] nodes = await StartAsync(2, new ClusterSettings { PropagationTimeout = TimeSpan.FromSeconds(2) });
        nodes[1].Store.LosesSent = static text => text.StartsWith('p');
        Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync("add one 60 192.0.2.1"));
        Assert.Equal(0, nodes[0].KeepingUp);
        Assert.True(nodes[0].Lines.Contains("node node2 is lagging"));
        Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync("add two 60 192.0.2.1"));

        nodes[1].Store.LosesSent = static _ => false;
        await ClusterZone.UntilAsync(() => nodes[0].KeepingUp == 1);
        Assert.True(nodes[0].Lines.Contains("node node2 keeps up again"));
    }

    [Fact]
    public async Task Node_that_starts_later_has_everything_and_one_that_leaves_is_not_waited_for()
    {
        ClusterZone[] nodes = await StartAsync(2);
        Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync("add www 60 192.0.2.1"));
        await nodes[1].DisposeAsync();
        Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync("add alone 60 192.0.2.1"));
        ClusterZone third = await ClusterZone.StartAsync("node3", _connection);
        _zones.Add(third);
        Assert.True(third.Has("www") && third.Has("alone"));
        await ClusterZone.UntilAsync(() => nodes[0].KeepingUp == 1 && third.KeepingUp == 1);
        Assert.Equal(Rcode.NoError, await third.UpdateAsync("add back 60 192.0.2.1"));
        Assert.True(nodes[0].Has("back"));
    }

    [Fact]
    public async Task Second_process_of_one_name_is_refused()
    {
        ClusterZone first = await ClusterZone.StartAsync("node1", _connection);
        _zones.Add(first);
        InvalidOperationException refused =
            await Assert.ThrowsAsync<InvalidOperationException>(() => ClusterZone.StartAsync("node1", _connection));
        Assert.Contains("another process is node 'node1'", refused.Message, StringComparison.Ordinal);
    }

    private async Task<ClusterZone[]> StartAsync(int count, ClusterSettings? settings = null)
    {
        ClusterZone[] nodes = await ClusterZone.StartAsync(count, _connection, settings);
        _zones.AddRange(nodes);
        return nodes;
    }
}
