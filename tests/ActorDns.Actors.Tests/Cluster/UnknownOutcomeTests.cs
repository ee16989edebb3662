using ActorDns.Actors.Cluster;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Databases;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>COMMIT's answer does not reach the node that writes (ARCHITECTURE §5.4).</summary>
public sealed class UnknownOutcomeTests : IAsyncLifetime
{
    private const string Unknown = "the outcome of commit";
    private const string CountWaiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    private const string CancelWait = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    private static readonly ClusterSettings Local = new() { Propagation = PropagationMode.Local };
    private readonly List<ClusterZone> _zones = [];
    private PostgreSqlServer _server = null!;
    private string _connection = "";
    private IAsyncDisposable? _between;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgreSqlServer.StartAsync();
        _connection = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterZone zone in _zones)
            await zone.DisposeAsync();
        if (_between is not null)
            await _between.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(CommitCut.BeforeClient)]
    [InlineData(CommitCut.BeforeServer)]
    public async Task Section_5_4_change_is_not_served_or_acknowledged_before_its_outcome_is_known(CommitCut cut)
    {
        CommitCutter cutter = new(_server.SocketFolder);
        _between = cutter;
        ClusterZone other = await StartAsync("node1", _connection);
        ClusterZone cutOff = await StartAsync(
            "node2", PostgreSqlServer.ConnectionString(cutter.SocketFolder, PostgreSqlServer.NameIn(_connection)));
        TaskCompletionSource finding = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource mayFind = new(TaskCreationOptions.RunContinuationsAsynchronously);
        cutOff.Store.Hindered.BeforeAppend = _ =>
        {
            if (!finding.Task.IsCompleted)
                cutter.Next = cut;
            return Task.CompletedTask;
        };
        cutOff.Store.Hindered.BeforeFind = () =>
        {
            finding.TrySetResult();
            return mayFind.Task;
        };

        // A heartbeat that commits just then is cut off instead, once in a long while.
        int attempts = 0;
        Task<Rcode> first;
        do
        {
            first = cutOff.UpdateAsync($"add one{++attempts} 60 192.0.2.1");
            await Task.WhenAny(first, finding.Task);
        }
        while (!finding.Task.IsCompleted);
        Task<Rcode> second = cutOff.UpdateAsync("add two 60 192.0.2.1");
        Assert.True(cutOff.Lines.Contains(Unknown));
        if (cut == CommitCut.BeforeClient)
            await ClusterZone.UntilAsync(() => other.Has($"one{attempts}")); // It is in the store, for whoever can read that.
        else
            Assert.False(other.Has($"one{attempts}"));
        Assert.False(cutOff.Has($"one{attempts}") || first.IsCompleted || second.IsCompleted);

        mayFind.SetResult();
        Assert.Equal([Rcode.NoError, Rcode.NoError], await Task.WhenAll(first, second));
        await ClusterZone.UntilAsync(() => other.Serial == cutOff.Serial);
        Assert.All(_zones, node => Assert.True(node.Has($"one{attempts}") && node.Has("two")));
        Assert.Equal(2u + (uint)attempts, cutOff.Serial);
        Assert.Equal(cutOff.ChangesSince(1), other.ChangesSince(1));
    }

    [Fact]
    public async Task Section_5_4_cancelled_wait_for_the_standby_acknowledges_nothing_until_the_standby_has_it()
    {
        PostgreSqlServer standby = await _server.StartStandbyAsync("standby");
        _between = standby;
        ClusterZone[] nodes = [await StartAsync("node1", _connection), await StartAsync("node2", _connection)];
        await _server.WaitForStandbyAsync("standby");
        Assert.Equal(Rcode.NoError, await nodes[0].UpdateAsync("add before 60 192.0.2.1"));
        await ClusterZone.UntilAsync(() => nodes[1].Has("before"));
        await standby.StopAsync();

        Task<Rcode> update = nodes[0].UpdateAsync("add one 60 192.0.2.1");
        while (!nodes[0].Lines.Contains(Unknown))
        {
            await _server.UntilAsync("postgres", $"SELECT ({CountWaiting}) > 0", "t");
            await _server.QueryAsync("postgres", CancelWait);
        }

        // Found on the primary alone, again and again, it is not known to be safe.
        await _server.UntilAsync("postgres", $"SELECT ({CountWaiting}) > 0", "t");
        await _server.QueryAsync("postgres", CancelWait);
        Assert.False(nodes[0].Has("one") || update.IsCompleted);

        await standby.StartAgainAsync();
        Assert.Equal(Rcode.NoError, await update);
        await ClusterZone.UntilAsync(() => nodes.All(node => node.Has("one")));
        Assert.All(nodes, node => Assert.Equal(3u, node.Serial));
    }

    private async Task<ClusterZone> StartAsync(string node, string connection)
    {
        ClusterZone zone = await ClusterZone.StartAsync(node, connection, Local);
        _zones.Add(zone);
        return zone;
    }
}
