using ActorDns.Actors.Cluster;
using ActorDns.Actors.Tests.Journal;
using ActorDns.Protocol.Registries;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>A node that is slow beside one that writes the same zone without a pause (ARCHITECTURE §5.2).</summary>
public sealed class HotZoneTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private ClusterZone _fast = null!;
    private ClusterZone _slow = null!;

    public async ValueTask InitializeAsync()
    {
        string connection = await (await fixture.ServerAsync()).CreateDatabaseAsync();
        ClusterZone[] nodes =
            await ClusterZone.StartAsync(2, connection, new ClusterSettings { Propagation = PropagationMode.Local });
        (_fast, _slow) = (nodes[0], nodes[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _slow.DisposeAsync();
        await _fast.DisposeAsync();
    }

    [Fact]
    public async Task Section_5_2_node_that_always_comes_late_writes_after_one_loss_for_each_update()
    {
        const int Wanted = 15;

        // As slow as can be: whatever it appends, the other one has written meanwhile.
        _slow.Store.Hindered.BeforeAppend = group => ClusterZone.UntilAsync(
            () => _fast.Place.ServedVersion > group.Zones.Single().ExpectedVersion);
        bool isEnough = false;
        int written = 0;
        Task writing = Task.Run(
            async () =>
            {
                for (; !Volatile.Read(ref isEnough); written++)
                    Assert.Equal(Rcode.NoError, await _fast.UpdateAsync($"add f{written} 60 192.0.2.1"));
            },
            TestContext.Current.CancellationToken);
        int before = _slow.Store.Hindered.Appends;
        try
        {
            for (int i = 0; i < Wanted; i++)
                Assert.Equal(Rcode.NoError, await _slow.UpdateAsync($"add s{i} 60 192.0.2.2"));
        }
        finally
        {
            Volatile.Write(ref isEnough, true);
            await writing;
        }

        Assert.Equal((Wanted, Wanted), (_slow.Store.Hindered.Appends - before, _slow.Store.Hindered.Holds));
        await ClusterZone.UntilAsync(() => _fast.Serial == _slow.Serial);
        Assert.Equal(1u + (uint)(Wanted + written), _fast.Serial);
        Assert.All(Enumerable.Range(0, Wanted), i => Assert.True(_fast.Has($"s{i}")));
    }

    [Fact]
    public async Task Section_5_2_head_is_let_go_when_the_update_has_nothing_to_change_any_more()
    {
        bool hasWritten = false;
        _slow.Store.Hindered.BeforeAppend = async _ =>
        {
            if (!hasWritten)
                Assert.Equal(Rcode.NoError, await _fast.UpdateAsync("add www 60 192.0.2.1"));
            hasWritten = true;
        };
        Assert.Equal(Rcode.YxDomain, await _slow.UpdateAsync("absent www", "add www 60 192.0.2.2"));
        Assert.Equal(1, _slow.Store.Hindered.Holds);

        // It would wait, in vain, for a head that is held.
        Assert.Equal(Rcode.NoError, await _fast.UpdateAsync("add next 60 192.0.2.1"));
        Assert.Equal(Rcode.NoError, await _slow.UpdateAsync("add last 60 192.0.2.1"));
        await ClusterZone.UntilAsync(() => _fast.Serial == 4 && _slow.Serial == 4);
    }
}
