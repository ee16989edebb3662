using ActorDns.Actors.Journal;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Changes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>How much of a journal is kept, and that what is served from it never has a gap.</summary>
public sealed class RetentionTests : IDisposable
{
    private const int Updates = 2_100; // More than the entries after which a checkpoint is made.
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Old_entries_go_with_the_checkpoint_and_every_serial_left_can_be_followed()
    {
        await using JournaledZone zone = new(_folder);
        zone.Actor.Tell(new ZoneCommand.Configure(zone.Settings with { Retention = new RetentionPolicy { MaxEntries = 500 } }));
        Assert.True((await zone.LoadAsync()).IsLoaded);
        await ChangeAsync(zone);
        await WaitAsync(zone, async ct => (await zone.Place.MeasureAsync(ct)).Value!.Entries <= Updates);
        StoreResult<JournalExtent> extent = await zone.Place.MeasureAsync(TestContext.Current.CancellationToken);
        Assert.InRange(extent.Value!.Entries, 500, Updates - 1);

        Serial head = zone.Published.Current!.Serial;
        for (Serial serial = extent.Value.OldestSerial; serial != head; serial = new Serial(serial.Value + 97))
        {
            if (serial.IsNewerThan(head))
                break;
            IReadOnlyList<ZoneChange>? changes =
                await zone.Place.ReadChangesAsync(serial, head, TestContext.Current.CancellationToken);
            Assert.Equal((int)(head.Value - serial.Value), changes!.Count);
        }

        Assert.Null(await zone.Place.ReadChangesAsync(new Serial(1), head, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Keeper_removes_by_age_once_an_hour_but_not_what_a_restart_needs()
    {
        await using (JournaledZone zone = new(_folder))
        {
            Assert.True((await zone.LoadAsync()).IsLoaded);
            await ChangeAsync(zone);
            await WaitAsync(zone, async ct => (await zone.Place.LatestCheckpointAsync(ct)).Value!.Version > 1);
            long before = (await zone.Place.MeasureAsync(TestContext.Current.CancellationToken)).Value!.Entries;
            await using OpenedStore opened = new(zone.Store, zone.Clock);
            ActorSystem system = new("keeper", zone.Clock);
            ActorRef<KeeperCommand> keeper = system.Spawn(
                "keeper",
                () => new JournalKeeper(opened, new RetentionPolicy { MaxAge = TimeSpan.FromMinutes(30) }, NullLogger.Instance));
            await keeper.FlushAsync();
            Assert.Equal(before, (await zone.Place.MeasureAsync(TestContext.Current.CancellationToken)).Value!.Entries);
            zone.Clock.Advance(JournalKeeper.Interval);
            await keeper.FlushAsync();
            Assert.InRange((await zone.Place.MeasureAsync(TestContext.Current.CancellationToken)).Value!.Entries, 1, before - 1);
            await system.StopAsync(TimeSpan.FromSeconds(10));
        }

        await using JournaledZone again = new(_folder);
        Assert.True((await again.LoadAsync()).IsLoaded);
        Assert.Equal((uint)Updates + 1, again.Serial);
        Assert.True(again.Has("h0"));
    }

    /// <summary>Goes on when what is done beside the zone's work, checkpoint and trimming, has come so far.</summary>
    private static async Task WaitAsync(JournaledZone zone, Func<CancellationToken, Task<bool>> isReached)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(JournaledZone.Deadline);
        while (!await isReached(late.Token))
            await zone.Actor.FlushAsync();
    }

    private static async Task ChangeAsync(JournaledZone zone)
    {
        for (int i = 0; i < Updates; i += 50)
            await Task.WhenAll(Enumerable.Range(i, 50).Select(n => zone.UpdateAsync($"add h{n} 60 192.0.2.1")));
    }
}
