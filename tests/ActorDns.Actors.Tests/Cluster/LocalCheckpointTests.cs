using ActorDns.Actors.Zones;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>A node that starts while the database is away (ARCHITECTURE §5.6, last sentence). Each test stops a server of its own.</summary>
public sealed class LocalCheckpointTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly List<ClusterZone> _zones = [];
    private PostgreSqlServer _server = null!;
    private string _connection = "";

    private string StateFile => LocalCheckpoint.PathOf(_folder["zone"]);

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
        _folder.Dispose();
    }

    [Fact]
    public async Task Section_5_6_node_starts_from_its_local_checkpoint_without_the_database()
    {
        await WriteAsync();
        ClusterZone node = await StartWithoutStoreAsync();
        Assert.True((await node.LoadAsync()).IsLoaded);
        Assert.Equal(2u, node.Serial);
        Assert.True(node.Has("kept"));
        Assert.True(node.Lines.Contains("the store is away: serial 2 as written at"), node.Lines.ToString());
        Assert.Equal(Rcode.ServFail, await node.UpdateAsync("add refused 60 192.0.2.1"));
        Assert.True(node.Lines.Contains("served read-only from its local checkpoint"), node.Lines.ToString());
        Assert.Null(await node.AskAsync<string?>(done => new ZoneCommand.Sync(done)));
        Assert.Equal(0, node.Place.ServedVersion);

        await _server.StartAgainAsync();
        await UntilTakenAsync(node, "after");
        Assert.Equal(3u, node.Serial);
        Assert.True(node.Has("kept") && node.Has("after") && !node.Has("refused"));
        await ClusterZone.UntilAsync(() => node.Place.ServedVersion == 3);
    }

    [Fact]
    public async Task Node_that_started_from_its_local_checkpoint_catches_up_by_the_journal_without_being_asked()
    {
        await WriteAsync(then: async node => Assert.Equal(Rcode.NoError, await node.UpdateAsync("add later 60 192.0.2.1")));
        ClusterZone node = await StartWithoutStoreAsync();
        Assert.True((await node.LoadAsync()).IsLoaded);
        Assert.False(node.Has("later"));

        await _server.StartAgainAsync();
        await ClusterZone.UntilAsync(() => node.Serial == 3);
        Assert.True(node.Has("later"));
        Assert.Contains(node.ChangesSince(2), line => line.StartsWith("+later", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Zone_that_nobody_changes_has_its_local_checkpoint_too_and_its_file_stays_as_it_is()
    {
        await using (ClusterZone node = await ClusterZone.StartOverAsync(_folder, _connection))
        {
            await node.LoadAsync();
            await ClusterZone.UntilAsync(() => node.Place.ServedVersion == 1);
            byte[] before = await File.ReadAllBytesAsync(node.File, TestContext.Current.CancellationToken);
            Assert.Null(await node.AskAsync<string?>(done => new ZoneCommand.Sync(done)));
            Assert.Equal(before, await File.ReadAllBytesAsync(node.File, TestContext.Current.CancellationToken));
        }

        ClusterZone again = await StartWithoutStoreAsync();
        Assert.True((await again.LoadAsync()).IsLoaded);
        Assert.Equal(1u, again.Serial);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("state")]
    [InlineData("none")]
    public async Task File_that_is_not_as_it_was_written_is_not_served_without_the_database(string damaged)
    {
        await WriteAsync();
        if (damaged == "file")
            await File.AppendAllTextAsync(_folder["zone"], "; by hand\n", TestContext.Current.CancellationToken);
        else if (damaged == "state")
            await File.WriteAllTextAsync(StateFile, "actordns-checkpoint-1 and no more", TestContext.Current.CancellationToken);
        else
            File.Delete(StateFile);
        ClusterZone node = await StartWithoutStoreAsync();
        Assert.False((await node.LoadAsync()).IsLoaded);
        Assert.Null(node.Published.Current);
        Assert.Equal(damaged != "none", node.Lines.Contains("cannot be served meanwhile"));
        Assert.Equal(Rcode.ServFail, await node.UpdateAsync("add refused 60 192.0.2.1"));

        await _server.StartAgainAsync();
        await ClusterZone.UntilAsync(() => node.Published.Current is not null);
        Assert.Equal(2u, node.Serial);
    }

    [Theory]
    [InlineData("UPDATE store SET epoch = gen_random_uuid()", "the store is another one")]
    [InlineData("UPDATE journal SET commit_id = gen_random_uuid() WHERE version = 2", "version 2 in the store is another change")]
    public async Task Store_that_is_another_one_counts_and_not_the_local_checkpoint(string sql, string why)
    {
        await WriteAsync(then: async node => Assert.Equal(Rcode.NoError, await node.UpdateAsync("add later 60 192.0.2.1")));
        await _server.QueryAsync(PostgreSqlServer.NameIn(_connection), sql);
        ClusterZone node = await StartWithoutStoreAsync();
        Assert.True((await node.LoadAsync()).IsLoaded);

        await _server.StartAgainAsync();
        await ClusterZone.UntilAsync(() => node.Serial == 3);
        Assert.True(node.Lines.Contains($"{why}: the local checkpoint is given up"), node.Lines.ToString());
        await UntilTakenAsync(node, "after");
        Assert.Equal(4u, node.Serial);
    }

    [Fact]
    public async Task Zone_that_was_made_again_begins_with_what_is_served()
    {
        await WriteAsync(then: async node => await node.Place.ForgetAsync(CancellationToken.None));
        ClusterZone node = await StartWithoutStoreAsync();
        Assert.True((await node.LoadAsync()).IsLoaded);

        await _server.StartAgainAsync();
        await ClusterZone.UntilAsync(() => node.Place.ServedVersion == 1);
        Assert.True(node.Lines.Contains("the zone was made again in the store"), node.Lines.ToString());
        Assert.True(node.Has("kept"));
        await UntilTakenAsync(node, "after");
        Assert.Equal(3u, node.Serial);
    }

    [Fact]
    public async Task Section_5_10_store_that_is_behind_the_local_checkpoint_takes_no_changes()
    {
        await WriteAsync();
        await _server.QueryAsync(
            PostgreSqlServer.NameIn(_connection), "UPDATE zone SET version = 1, serial = 1; DELETE FROM journal WHERE version > 1");
        ClusterZone node = await StartWithoutStoreAsync();
        Assert.True((await node.LoadAsync()).IsLoaded);

        await _server.StartAgainAsync();
        await ClusterZone.UntilAsync(() => node.Lines.Contains("went back"));
        Assert.Equal(Rcode.ServFail, await node.UpdateAsync("add refused 60 192.0.2.1"));
        Assert.Contains("went back", (await node.ReportAsync()).Blocked, StringComparison.Ordinal);
        Assert.Equal(2u, node.Serial);
        Assert.True(node.Has("kept"));
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(-60, false)]
    [InlineData(null, false)]
    public async Task Secondary_is_served_without_the_database_until_it_expires(int? minutesLeft, bool isServed)
    {
        await using (ClusterZone before = await ClusterZone.StartOverAsync(_folder, _connection, isSecondary: true))
        {
            await before.LoadAsync();
            await ClusterZone.UntilAsync(() => before.Place.ServedVersion == 1);
            if (minutesLeft is { } minutes)
                before.Published.ExpiresAtUnixSeconds = TimeProvider.System.GetUtcNow().AddMinutes(minutes).ToUnixTimeSeconds();
            Assert.Null(await before.AskAsync<string?>(done => new ZoneCommand.Sync(done)));
        }

        ClusterZone node = await StartWithoutStoreAsync(isSecondary: true);
        SecondaryContent content = await node.AskAsync<SecondaryContent>(done => new ZoneCommand.Restore(node.File, new(), done));
        Assert.Equal(!isServed, content.IsStoreAway);
        Assert.Equal(isServed ? 1u : null, content.Serial?.Value);
        Assert.Equal(isServed, node.Published.Current is not null);
        Assert.Equal(isServed, content.ExpiresAt > TimeProvider.System.GetUtcNow());
        Assert.Equal(minutesLeft == -60, node.Lines.Contains("it has expired"));
    }

    /// <summary>A node that changes its zone and writes its file, does something more, and ends.</summary>
    private async Task WriteAsync(Func<ClusterZone, Task>? then = null)
    {
        await using ClusterZone node = await ClusterZone.StartOverAsync(_folder, _connection);
        await node.LoadAsync();
        await ClusterZone.UntilAsync(() => node.Place.ServedVersion == 1);
        Assert.Equal(Rcode.NoError, await node.UpdateAsync("add kept 60 192.0.2.1"));
        Assert.Null(await node.AskAsync<string?>(done => new ZoneCommand.Sync(done)));
        Assert.True(LocalCheckpoint.TryParse(await File.ReadAllTextAsync(StateFile, TestContext.Current.CancellationToken), out _));
        if (then is not null)
            await then(node);
    }

    private async Task<ClusterZone> StartWithoutStoreAsync(bool isSecondary = false)
    {
        await _server.StopAsync();
        ClusterZone node = await ClusterZone.StartOverAsync(_folder, _connection, isSecondary);
        _zones.Add(node);
        return node;
    }

    private static async Task UntilTakenAsync(ClusterZone node, string name)
    {
        while (await node.UpdateAsync($"add {name} 60 192.0.2.1") is var rcode && rcode != Rcode.NoError)
            Assert.Equal(Rcode.ServFail, rcode);
    }
}
