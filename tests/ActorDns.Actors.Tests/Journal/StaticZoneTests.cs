using ActorDns.Actors.Zones;
using ActorDns.Protocol.Records;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Changes;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>A zone that is changed by its file: what differs is journaled, at start and at reload (ARCHITECTURE §5.11).</summary>
public sealed class StaticZoneTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Changed_file_is_a_difference_that_IXFR_can_send()
    {
        await using JournaledZone zone = await StartAsync(1);
        zone.Files[_folder["zone"]] = JournaledZone.Text(5, "www A 192.0.2.80\n");
        Assert.True((await zone.LoadAsync()).IsLoaded);
        Assert.True(zone.Published.Current!.History!.TryFind(new Serial(1), out IReadOnlyList<ZoneChange>? changes));
        Assert.Equal((0, 1), (Assert.Single(changes).RemovedCount, changes[0].AddedCount));
    }

    [Fact]
    public async Task File_that_changed_while_the_server_was_down_is_a_difference_too()
    {
        await using (JournaledZone zone = await StartAsync(1))
            await zone.LoadAsync();
        await using JournaledZone again = await StartAsync(2, "www A 192.0.2.80\n");
        Assert.Equal(2u, again.Serial);
        Assert.True(again.Published.Current!.History!.TryFind(new Serial(1), out _));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(3)]
    public async Task Changed_content_under_a_serial_that_is_not_newer_gets_the_next_one(int serial)
    {
        await using JournaledZone zone = await StartAsync(7);
        zone.Files[_folder["zone"]] = JournaledZone.Text(serial, "www A 192.0.2.80\n");
        Assert.True((await zone.LoadAsync()).IsLoaded);
        Assert.Equal(8u, zone.Serial);
        Assert.True(zone.Has("www"));
    }

    [Fact]
    public async Task Same_file_changes_nothing()
    {
        await using (JournaledZone zone = await StartAsync(7))
        {
            await zone.LoadAsync();
            Assert.Null(zone.Published.Current!.History);
        }

        await using JournaledZone again = await StartAsync(7);
        Assert.Equal(7u, again.Serial);
        Assert.Equal(1, again.Place.Version);
    }

    [Fact]
    public async Task Bad_file_at_reload_leaves_what_is_served()
    {
        await using JournaledZone zone = await StartAsync(7);
        zone.Files[_folder["zone"]] = JournaledZone.Text(8, "www A nonsense\n");
        Assert.False((await zone.LoadAsync()).IsLoaded);
        Assert.Equal(7u, zone.Serial);
    }

    private async Task<JournaledZone> StartAsync(int serial, string more = "")
    {
        JournaledZone zone = new(_folder, isDynamic: false);
        zone.Files[_folder["zone"]] = JournaledZone.Text(serial, more);
        ZoneLoadOutcome loaded = await zone.LoadAsync();
        Assert.True(loaded.IsLoaded, string.Join('\n', loaded.Problems));
        await zone.Actor.FlushAsync();
        return zone;
    }
}
