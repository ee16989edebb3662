using ActorDns.Actors.Zones;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Changes;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>Rollback: an earlier content under a new serial, journaled and sent on like any other change.</summary>
public sealed class RollbackTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Earlier_content_comes_back_under_a_new_serial_and_stays_after_a_restart()
    {
        await using (JournaledZone zone = await StartAsync())
        {
            await zone.UpdateAsync("add www 60 192.0.2.80");
            await zone.UpdateAsync("delete www", "add mail 60 192.0.2.25");
            RollbackOutcome outcome = await RollBackAsync(zone, 2);
            Assert.Equal((new Serial(4), ""), (outcome.Serial, outcome.Text));
            Assert.Equal((4u, true, false), (zone.Serial, zone.Has("www"), zone.Has("mail")));
        }

        await using JournaledZone again = await StartAsync();
        Assert.Equal((4u, true, false), (again.Serial, again.Has("www"), again.Has("mail")));
    }

    [Fact]
    public async Task Rollback_is_one_journal_entry_with_the_operator_and_can_be_sent_as_IXFR()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        await zone.UpdateAsync("add mail 60 192.0.2.25");
        await RollBackAsync(zone, 1);

        StoreResult<IReadOnlyList<StoredEntry>> found = await zone.Store.Journal.SearchAsync(
            new JournalFilter { Origin = ChangeOrigin.Rollback }, TestContext.Current.CancellationToken);
        JournalEntry entry = Assert.Single(found.Value!).Entry;
        Assert.Equal((new Serial(3), new Serial(4)), (entry.SerialFrom, entry.SerialTo));
        Assert.Equal(("rndc-key", "127.0.0.1#4711", "node1"), (entry.KeyName, entry.Peer, entry.Node));
        Assert.True(zone.Published.Current!.History!.TryFind(new Serial(3), out IReadOnlyList<ZoneChange>? changes));
        Assert.Equal((2, 0), (changes[0].RemovedCount, changes[0].AddedCount));
    }

    [Fact]
    public async Task Rollback_can_be_rolled_back()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        await RollBackAsync(zone, 1);
        Assert.False(zone.Has("www"));
        Assert.Equal(new Serial(4), (await RollBackAsync(zone, 2)).Serial);
        Assert.True(zone.Has("www"));
    }

    [Fact]
    public async Task Update_after_a_rollback_stands_on_it()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        await RollBackAsync(zone, 1);
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("absent www", "add www 60 192.0.2.81"));
        Assert.Equal(4u, zone.Serial);
    }

    [Theory]
    [InlineData(77, "serial 77 is not in the journal, which goes from 1 to 2")]
    [InlineData(2, "serial 2 is what is served")]
    public async Task Serial_that_cannot_be_gone_back_to_is_refused_with_the_reason(int to, string reason)
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        RollbackOutcome outcome = await RollBackAsync(zone, (uint)to);
        Assert.Equal((null, reason), (outcome.Serial, outcome.Text));
        Assert.Equal(2u, zone.Serial);
    }

    [Fact]
    public async Task Frozen_zone_refuses_a_rollback()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        await zone.Actor.AskAsync<bool?>(
            done => new ZoneCommand.Freeze(done), JournaledZone.Deadline, TestContext.Current.CancellationToken);
        Assert.Contains("frozen", (await RollBackAsync(zone, 1)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zone_that_came_signed_refuses_a_rollback_with_the_reason()
    {
        await using JournaledZone zone = new(_folder, isDynamic: false);
        zone.Files[_folder["zone"]] = Signed(1);
        await zone.LoadAsync();
        zone.Files[_folder["zone"]] = Signed(2);
        await zone.LoadAsync();
        RollbackOutcome outcome = await RollBackAsync(zone, 1);
        Assert.Null(outcome.Serial);
        Assert.Contains("is signed and its keys are not here", outcome.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Static_zone_is_rolled_back_with_a_word_about_its_file_which_is_not_read_again_until_it_changes()
    {
        await using (JournaledZone zone = new(_folder, isDynamic: false))
        {
            await zone.LoadAsync();
            zone.Files[_folder["zone"]] = JournaledZone.Text(2, "www A 192.0.2.80\n");
            await zone.LoadAsync();
            RollbackOutcome outcome = await RollBackAsync(zone, 1);
            Assert.Equal(new Serial(3), outcome.Serial);
            Assert.StartsWith(_folder["zone"], outcome.Text, StringComparison.Ordinal);
            Assert.True((await zone.LoadAsync()).IsLoaded);
            Assert.Equal((3u, false), (zone.Serial, zone.Has("www")));
        }

        await using JournaledZone again = new(_folder, isDynamic: false);
        again.Files[_folder["zone"]] = JournaledZone.Text(2, "www A 192.0.2.80\n");
        await again.LoadAsync();
        Assert.Equal((3u, false), (again.Serial, again.Has("www")));
        again.Files[_folder["zone"]] = JournaledZone.Text(9, "by-hand A 192.0.2.7\n");
        await again.LoadAsync();
        Assert.Equal((9u, true), (again.Serial, again.Has("by-hand")));
    }

    private static string Signed(int serial) => JournaledZone.Text(serial)
        + "@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==\n"
        + "@ NSEC ns1 NS SOA RRSIG NSEC DNSKEY\n";

    private static Task<RollbackOutcome> RollBackAsync(JournaledZone zone, uint to) => zone.Actor.AskAsync<RollbackOutcome>(
        done => new ZoneCommand.Rollback(new RollbackRequest(new Serial(to), "rndc-key", "127.0.0.1#4711", done)),
        JournaledZone.Deadline,
        TestContext.Current.CancellationToken);

    private async Task<JournaledZone> StartAsync()
    {
        JournaledZone zone = new(_folder);
        Assert.True((await zone.LoadAsync()).IsLoaded);
        return zone;
    }
}
