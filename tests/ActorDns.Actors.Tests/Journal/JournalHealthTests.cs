using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using Microsoft.Data.Sqlite;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>What the writer says of the store to those who only ask whether updates can be taken.</summary>
public sealed class JournalHealthTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Failed_write_is_told_with_its_time_until_a_sweep_finds_the_store_back()
    {
        await using JournaledZone zone = new(_folder, busyTimeout: TimeSpan.FromMilliseconds(50));
        await zone.LoadAsync();
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add first 60 192.0.2.1"));
        Assert.Equal(StoreStatus.Done, zone.Health.Last.Status);

        DateTimeOffset failing = zone.Clock.GetUtcNow();
        await using (SqliteConnection other = await ConnectAsync())
        {
            await using SqliteTransaction theirs = other.BeginTransaction();
            Assert.Equal(Rcode.ServFail, await zone.UpdateAsync("add second 60 192.0.2.1"));
            Assert.Equal(StoreStatus.Unavailable, zone.Health.Last.Status);
            Assert.NotEmpty(zone.Health.Last.Reason);

            zone.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(Rcode.ServFail, await zone.UpdateAsync("add third 60 192.0.2.1"));
            Assert.Equal(failing, zone.Health.Last.Since);
        }

        zone.Clock.Advance(TimeSpan.FromSeconds(15)); // The writer sweeps.
        await zone.Writer.FlushAsync();
        Assert.Equal(StoreStatus.Done, zone.Health.Last.Status);
        Assert.Equal(zone.Clock.GetUtcNow(), zone.Health.Last.Since);
    }

    [Fact]
    public async Task Write_that_hangs_is_seen_while_it_hangs()
    {
        await using JournaledZone zone = new(_folder, busyTimeout: TimeSpan.FromMinutes(2));
        await zone.LoadAsync();
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add first 60 192.0.2.1"));
        Assert.Equal(TimeSpan.Zero, zone.Health.Waiting);

        Task<Rcode> underWay;
        await using (SqliteConnection other = await ConnectAsync())
        {
            await using SqliteTransaction theirs = other.BeginTransaction();
            underWay = zone.UpdateAsync("add second 60 192.0.2.1");
            while (zone.Health.Waiting == TimeSpan.Zero)
            {
                await zone.Actor.FlushAsync();
                zone.Clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            zone.Clock.Advance(TimeSpan.FromSeconds(12));
            Assert.True(zone.Health.Waiting >= TimeSpan.FromSeconds(12));
            Assert.Equal(StoreStatus.Done, zone.Health.Last.Status);
        }

        Assert.Equal(Rcode.NoError, await underWay);
        Assert.Equal(TimeSpan.Zero, zone.Health.Waiting);
    }

    private async Task<SqliteConnection> ConnectAsync()
    {
        SqliteConnection other = new($"Data Source={_folder["journal.db"]};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        return other;
    }
}
