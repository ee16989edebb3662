using ActorDns.Actors.Zones;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Changes;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>A serial that an operator sets: a change like any other, of the SOA alone.</summary>
public sealed class SerialTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serial_is_journaled_with_the_operator_can_be_sent_as_IXFR_and_stays_after_a_restart()
    {
        await using (JournaledZone zone = await StartAsync())
        {
            Assert.Null(await SetAsync(zone, 2026110200));
            Assert.Equal(2026110200u, zone.Serial);
            StoreResult<IReadOnlyList<StoredEntry>> found = await zone.Store.Journal.SearchAsync(
                new JournalFilter { Origin = ChangeOrigin.Control }, TestContext.Current.CancellationToken);
            JournalEntry entry = Assert.Single(found.Value!).Entry;
            Assert.Equal((new Serial(1), new Serial(2026110200)), (entry.SerialFrom, entry.SerialTo));
            Assert.Equal(("rndc-key", "127.0.0.1#4711"), (entry.KeyName, entry.Peer));
            Assert.True(zone.Published.Current!.History!.TryFind(new Serial(1), out IReadOnlyList<ZoneChange>? changes));
            Assert.Equal((0, 0), (changes[0].RemovedCount, changes[0].AddedCount));
        }

        await using JournaledZone again = await StartAsync();
        Assert.Equal((2026110200u, true), (again.Serial, again.Has("ns1")));
        Assert.Equal(Rcode.NoError, await again.UpdateAsync("add www 60 192.0.2.80"));
        Assert.Equal(2026110201u, again.Serial);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(0u)]
    [InlineData(2147483649u)]
    public async Task Serial_that_is_not_later_is_refused_with_those_that_are(uint serial)
    {
        await using JournaledZone zone = await StartAsync();
        Assert.Equal($"serial {serial} is not later than 1, which is served; 2 to 2147483648 are", await SetAsync(zone, serial));
        Assert.Equal(1u, zone.Serial);
        Assert.Null(await SetAsync(zone, 2147483648));
    }

    [Fact]
    public async Task Frozen_zone_keeps_its_serial()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.Actor.AskAsync<bool?>(
            done => new ZoneCommand.Freeze(done), JournaledZone.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal("the zone is frozen: thaw it first", await SetAsync(zone, 7));
        Assert.Equal(1u, zone.Serial);
    }

    [Fact]
    public async Task Report_tells_when_content_came_from_the_store_and_leaves_a_file_its_own_time()
    {
        await using (JournaledZone zone = await StartAsync())
        {
            await zone.UpdateAsync("add www 60 192.0.2.80");
            Assert.Null((await ReportAsync(zone)).LoadedAt);
        }

        await using JournaledZone again = await StartAsync();
        Assert.Equal(again.Clock.GetUtcNow(), (await ReportAsync(again)).LoadedAt);
    }

    private static Task<string?> SetAsync(JournaledZone zone, uint serial) => zone.Actor.AskAsync<string?>(
        done => new ZoneCommand.SetSerial(new Serial(serial), "rndc-key", "127.0.0.1#4711", done),
        JournaledZone.Deadline,
        TestContext.Current.CancellationToken);

    private static Task<ZoneReport> ReportAsync(JournaledZone zone) => zone.Actor.AskAsync<ZoneReport>(
        done => new ZoneCommand.Report(done), JournaledZone.Deadline, TestContext.Current.CancellationToken);

    private async Task<JournaledZone> StartAsync()
    {
        JournaledZone zone = new(_folder);
        Assert.True((await zone.LoadAsync()).IsLoaded);
        return zone;
    }
}
