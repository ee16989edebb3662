using ActorDns.Actors.Journal;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Access;
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
                () => new JournalKeeper(opened, new RetentionPolicy { MaxAge = TimeSpan.FromMinutes(30) }, null, NullLogger.Instance));
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

    [Fact]
    public async Task Serial_that_a_client_has_can_be_followed_until_the_client_has_given_the_zone_up()
    {
        await using JournaledZone zone = new(_folder);
        Assert.True((await zone.LoadAsync()).IsLoaded);
        PromisedSerials promises = zone.Place.Services.Promises!;
        TimeSpan expire = TimeSpan.FromDays(3);
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add first 60 192.0.2.1"));
        Serial held = zone.Published.Current!.Serial;
        zone.Place.Promise(NetAddress.FromIPv4(0xC0000201), held, expire);
        zone.Place.Promise(NetAddress.FromIPv4(0xC0000202), new Serial(held.Value + 5), expire);

        // By the checkpoint that the zone makes.
        zone.Actor.Tell(new ZoneCommand.Configure(zone.Settings with { Retention = new RetentionPolicy { MaxEntries = 10 } }));
        await ChangeAsync(zone);
        await WaitAsync(zone, async ct => (await zone.Place.LatestCheckpointAsync(ct)).Value!.Version > 1);
        await WaitAsync(zone, async ct => (await zone.Place.MeasureAsync(ct)).Value!.OldestSerial == held);
        Serial head = zone.Published.Current.Serial;
        Assert.NotNull(await zone.Place.ReadChangesAsync(held, head, TestContext.Current.CancellationToken));

        // And by the keeper, until the time is over.
        await using OpenedStore opened = new(zone.Store, zone.Clock);
        ActorSystem system = new("keeper", zone.Clock);
        ActorRef<KeeperCommand> keeper = system.Spawn(
            "keeper", () => new JournalKeeper(opened, new RetentionPolicy { MaxEntries = 10 }, promises, NullLogger.Instance));
        keeper.Tell(KeeperCommand.Trim.Instance);
        await keeper.FlushAsync();
        Assert.NotNull(await zone.Place.ReadChangesAsync(held, head, TestContext.Current.CancellationToken));
        zone.Clock.Advance(expire);
        keeper.Tell(KeeperCommand.Trim.Instance);
        await keeper.FlushAsync();
        Assert.Null(await zone.Place.ReadChangesAsync(held, head, TestContext.Current.CancellationToken));
        await system.StopAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Oldest_promise_is_found_over_the_wrap_of_the_serial_and_a_newer_one_takes_its_place()
    {
        PromisedSerials promises = new(new ManualClock());
        ZoneKey zone = new(DomainName.Parse("example."), RecordClass.In, "_default");
        NetAddress first = NetAddress.FromIPv4(1);
        promises.Promise(zone, first, new Serial(uint.MaxValue - 1), TimeSpan.FromDays(1));
        promises.Promise(zone, NetAddress.FromIPv4(2), new Serial(3), TimeSpan.FromDays(1));
        Assert.Equal(uint.MaxValue - 1, promises.OldestOf(zone)!.Value.Value);
        promises.Promise(zone, first, new Serial(5), TimeSpan.FromDays(1));
        Assert.Equal(3u, promises.OldestOf(zone)!.Value.Value);
        Assert.Null(promises.OldestOf(zone with { View = "other" }));
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
