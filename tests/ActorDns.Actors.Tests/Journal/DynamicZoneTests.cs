using ActorDns.Actors.Zones;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Changes;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>A zone that is changed by updates: durable, then visible, then acknowledged.</summary>
public sealed class DynamicZoneTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Acknowledged_update_is_visible_and_there_after_a_restart()
    {
        await using (JournaledZone zone = await StartAsync())
        {
            Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add www 60 192.0.2.80"));
            Assert.True(zone.Has("www"));
            Assert.Equal(2u, zone.Serial);
        }

        await using JournaledZone again = await StartAsync();
        Assert.True(again.Has("www"));
        Assert.Equal(2u, again.Serial);
        Assert.Equal(Rcode.NoError, await again.UpdateAsync("delete www"));
        Assert.Equal(3u, again.Serial);
    }

    [Fact]
    public async Task Entry_tells_who_what_and_when_with_serials()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        StoredEntry stored = Assert.Single(await EntriesAsync(zone), entry => !entry.Entry.IsBaseline);
        JournalEntry entry = stored.Entry;
        Assert.Equal((new Serial(1), new Serial(2)), (entry.SerialFrom, entry.SerialTo));
        Assert.Equal((ChangeOrigin.Update, "127.0.0.1#4711", "node1"), (entry.Origin, entry.Peer, entry.Node));
        Assert.Contains("www.example. 60 IN A 192.0.2.80", entry.Text, StringComparison.Ordinal);
        Assert.Equal(zone.Clock.GetUtcNow().ToUnixTimeSeconds(), entry.Time.ToUnixTimeSeconds());
    }

    [Fact, Rfc(2136, "3.6")]
    public async Task Update_without_effect_steps_no_serial_and_writes_nothing()
    {
        await using JournaledZone zone = await StartAsync();
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add ns1 3600 192.0.2.1"));
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("absent www"));
        Assert.Equal(1u, zone.Serial);
        Assert.All(await EntriesAsync(zone), entry => Assert.True(entry.Entry.IsBaseline));
    }

    [Fact]
    public async Task Updates_that_come_together_see_each_other_and_each_has_its_serial()
    {
        await using JournaledZone zone = await StartAsync();
        Task<Rcode>[] answers =
        [
            .. Enumerable.Range(0, 50).Select(i => zone.UpdateAsync("absent once", $"add once 60 192.0.2.{i}", $"add h{i} 60 192.0.2.{i}")),
        ];
        Rcode[] rcodes = await Task.WhenAll(answers);
        Assert.Equal(1, rcodes.Count(rcode => rcode == Rcode.NoError));
        Assert.Equal(49, rcodes.Count(rcode => rcode == Rcode.YxDomain));
        Assert.Equal(2u, zone.Serial);
    }

    [Fact]
    public async Task Retransmitted_update_is_applied_once_and_gets_its_first_answer_again()
    {
        byte[] message = UpdateMessages.Of("absent www", "add www 60 192.0.2.80");
        await using (JournaledZone zone = await StartAsync())
        {
            Assert.Equal(Rcode.NoError, await zone.SendAsync(message, Signature(zone, 1)));
            Assert.Equal(Rcode.NoError, await zone.SendAsync(message, Signature(zone, 1)));
            Assert.Equal(Rcode.YxDomain, await zone.SendAsync(message, Signature(zone, 2)));
            Assert.Equal(2u, zone.Serial);
        }

        await using JournaledZone again = await StartAsync();
        Assert.Equal(Rcode.NoError, await again.UpdateAsync("delete www"));
        Assert.Equal(Rcode.NoError, await again.SendAsync(message, Signature(again, 1)));
        Assert.False(again.Has("www"));
        Assert.Equal(3u, again.Serial);
    }

    [Fact]
    public async Task Copy_that_fails_its_prerequisites_now_gets_its_first_answer_also_after_a_restart()
    {
        byte[] message = UpdateMessages.Of("absent www", "add www 60 192.0.2.80");
        byte[] noEffect = UpdateMessages.Of("delete nowhere");
        await using (JournaledZone zone = await StartAsync())
            Assert.Equal(Rcode.NoError, await zone.SendAsync(message, Signature(zone, 1)));

        await using JournaledZone again = await StartAsync();
        Assert.Equal(Rcode.NoError, await again.SendAsync(message, Signature(again, 1)));
        Assert.Equal(Rcode.YxDomain, await again.SendAsync(message, Signature(again, 2)));
        Assert.Equal(Rcode.NoError, await again.SendAsync(noEffect, Signature(again, 3)));
        Assert.Equal(2u, again.Serial);
    }

    [Fact]
    public async Task Signature_is_forgotten_when_a_copy_would_fail_its_time_check()
    {
        await using JournaledZone zone = await StartAsync();
        UpdateSignature signature = Signature(zone, 1);
        Assert.Equal(Rcode.NoError, await zone.SendAsync(UpdateMessages.Of("add www 60 192.0.2.80"), signature));
        Assert.Single(await KnownAsync(zone, signature));
        zone.Clock.Advance(TimeSpan.FromMinutes(6));
        while ((await KnownAsync(zone, signature)).Count > 0)
            await zone.Writer.FlushAsync(); // Swept by the journal writer.

        static async Task<IReadOnlyList<DuplicateRequest>> KnownAsync(JournaledZone zone, UpdateSignature signature) =>
            (await zone.Place.FindRequestsAsync([signature.Fingerprint(Rcode.NoError)], TestContext.Current.CancellationToken)).Value!;
    }

    [Fact]
    public async Task Snapshot_carries_its_changes_also_after_a_restart()
    {
        await using (JournaledZone zone = await StartAsync())
        {
            for (int i = 0; i < 5; i++)
                await zone.UpdateAsync($"add h{i} 60 192.0.2.{i}");
            Assert.True(zone.Published.Current!.History!.TryFind(new Serial(2), out IReadOnlyList<ZoneChange>? changes));
            Assert.Equal(4, changes.Count);
        }

        await using JournaledZone again = await StartAsync();
        Assert.True(again.Published.Current!.History!.TryFind(new Serial(1), out IReadOnlyList<ZoneChange>? all));
        Assert.Equal(5, all.Count);
        IReadOnlyList<ZoneChange>? stored =
            await again.Place.ReadChangesAsync(new Serial(3), new Serial(6), TestContext.Current.CancellationToken);
        Assert.Equal(3, stored!.Count);
    }

    [Fact]
    public async Task Full_disk_is_servfail_reads_go_on_and_room_ends_it()
    {
        await using JournaledZone zone = await StartAsync(maxPages: 60);
        Rcode answer = Rcode.NoError;
        int accepted = 0;
        for (int i = 0; i < 2_000 && answer == Rcode.NoError; i++)
        {
            answer = await zone.UpdateAsync($"add h{i} 60 192.0.2.1");
            accepted += answer == Rcode.NoError ? 1 : 0;
        }

        Assert.Equal(Rcode.ServFail, answer);
        Assert.Equal((uint)accepted + 1, zone.Serial);
        Assert.True(zone.Has($"h{accepted - 1}"));
        Assert.False(zone.Has($"h{accepted}"));
        await zone.DisposeAsync();
        await using JournaledZone roomier = await StartAsync();
        Assert.Equal((uint)accepted + 1, roomier.Serial);
        Assert.Equal(Rcode.NoError, await roomier.UpdateAsync("add more 60 192.0.2.1"));
    }

    [Fact]
    public async Task Long_history_is_recovered_from_a_checkpoint_and_what_came_after()
    {
        const int Updates = 2_100;
        await using (JournaledZone zone = await StartAsync())
        {
            for (int i = 0; i < Updates; i += 50)
                await Task.WhenAll(Enumerable.Range(i, 50).Select(n => zone.UpdateAsync($"add h{n} 60 192.0.2.1")));
            await zone.Actor.FlushAsync();
        }

        await using JournaledZone again = await StartAsync();
        Assert.Equal((uint)Updates + 1, again.Serial);
        Assert.Equal(Updates + 3, again.Published.Current!.RecordCount);
    }

    [Fact]
    public async Task Frozen_zone_refuses_updates_until_it_is_thawed()
    {
        await using JournaledZone zone = await StartAsync();
        Assert.True(await zone.Actor.AskAsync<bool?>(
            done => new ZoneCommand.Freeze(done), JournaledZone.Deadline, TestContext.Current.CancellationToken));
        Assert.Equal(Rcode.Refused, await zone.UpdateAsync("add www 60 192.0.2.80"));
        zone.Files[_folder["zone"]] = JournaledZone.Text(2, "by-hand A 192.0.2.7\n");
        ZoneLoadOutcome thawed = await zone.Actor.AskAsync<ZoneLoadOutcome>(
            done => new ZoneCommand.Thaw(done), JournaledZone.Deadline, TestContext.Current.CancellationToken);
        Assert.True(thawed.IsLoaded, string.Join('\n', thawed.Problems));
        Assert.True(zone.Has("by-hand"));
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add www 60 192.0.2.80"));
        Assert.Equal(3u, zone.Serial);
    }

    [Fact]
    public async Task Synced_file_holds_the_zone()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        Assert.Null(await SyncAsync(zone));
        Assert.Contains("192.0.2.80", await TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_is_written_to_the_file_after_its_delay_and_not_before()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        zone.Clock.Advance(zone.Settings.WriteBackDelay - TimeSpan.FromSeconds(1));
        await zone.Actor.FlushAsync();
        Assert.DoesNotContain("192.0.2.80", await TextAsync(), StringComparison.Ordinal);
        zone.Clock.Advance(TimeSpan.FromSeconds(1));
        while (!(await TextAsync()).Contains("192.0.2.80", StringComparison.Ordinal))
            await zone.Actor.FlushAsync();
    }

    [Fact]
    public async Task File_that_was_written_back_is_no_change_at_the_next_start()
    {
        await using (JournaledZone zone = await StartAsync())
        {
            await zone.UpdateAsync("add www 60 192.0.2.80");
            await SyncAsync(zone);
        }

        await using JournaledZone again = await StartAsync();
        Assert.Equal(2u, again.Serial);
        Assert.Equal(2, again.Place.Version);
        Assert.Equal(Rcode.NoError, await again.UpdateAsync("delete www"));
    }

    [Fact]
    public async Task File_that_cannot_be_written_is_said_and_changes_nothing()
    {
        await using JournaledZone zone = await StartAsync();
        await zone.UpdateAsync("add www 60 192.0.2.80");
        File.Delete(_folder["zone"]);
        Directory.CreateDirectory(_folder["zone"]);
        Assert.NotNull(await SyncAsync(zone));
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add more 60 192.0.2.80"));
    }

    private static UpdateSignature Signature(JournaledZone zone, byte mac) =>
        new("key.example", new byte[] { mac, 2, 3, 4 }, zone.Clock.GetUtcNow().AddMinutes(5));

    private static async Task<IReadOnlyList<StoredEntry>> EntriesAsync(JournaledZone zone)
    {
        StoreResult<IReadOnlyList<StoredEntry>> found =
            await zone.Store.Journal.SearchAsync(new JournalFilter(), TestContext.Current.CancellationToken);
        Assert.True(found.IsDone, found.ToString());
        return found.Value;
    }

    private static Task<string?> SyncAsync(JournaledZone zone) => zone.Actor.AskAsync<string?>(
        done => new ZoneCommand.Sync(done), JournaledZone.Deadline, TestContext.Current.CancellationToken);

    private Task<string> TextAsync() => File.ReadAllTextAsync(_folder["zone"], TestContext.Current.CancellationToken);

    private async Task<JournaledZone> StartAsync(long? maxPages = null)
    {
        JournaledZone zone = new(_folder, maxPages);
        ZoneLoadOutcome loaded = await zone.LoadAsync();
        Assert.True(loaded.IsLoaded, string.Join('\n', loaded.Problems));
        return zone;
    }
}
