using ActorDns.Actors.Tests.Journal;
using ActorDns.Actors.Zones;
using ActorDns.Protocol.Registries;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>One signed update that reaches several nodes (ARCHITECTURE §5.8).</summary>
public sealed class OnceTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    /// <summary>A second time it would be refused.</summary>
    private static readonly string[] Update = ["absent once", "add once 60 192.0.2.1"];

    private readonly List<ClusterZone> _zones = [];
    private string _connection = "";

    public async ValueTask InitializeAsync() => _connection = await (await fixture.ServerAsync()).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (ClusterZone zone in _zones)
            await zone.DisposeAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Section_5_8_update_to_nodes_at_once_and_again_is_applied_once_and_answered_alike(int count)
    {
        _zones.AddRange(await ClusterZone.StartAsync(count, _connection));
        UpdateSignature signature = new("client.", new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, DateTimeOffset.UtcNow.AddMinutes(5));
        Rcode[] atOnce = await Task.WhenAll(_zones.SelectMany(node => new[] { Send(node), Send(node) }));
        Assert.All(atOnce, rcode => Assert.Equal(Rcode.NoError, rcode));
        Assert.Equal(Rcode.NoError, await _zones[0].UpdateAsync("add other 60 192.0.2.1"));
        foreach (ClusterZone node in _zones)
            Assert.Equal(Rcode.NoError, await Send(node));

        await _zones[^1].KillAsync();
        ClusterZone again = await ClusterZone.StartAsync("later", _connection);
        _zones.Add(again);
        Assert.Equal(Rcode.NoError, await Send(again));
        Assert.Equal(3u, again.Serial);

        // It is the signature that makes it the same update.
        Assert.Equal(Rcode.YxDomain, await again.UpdateAsync(Update));

        Task<Rcode> Send(ClusterZone node) => node.UpdateAsync(signature, Update);
    }
}
