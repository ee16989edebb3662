using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;

namespace ActorDns.Storage.Tests.Contracts;

public abstract partial class JournalStoreContract
{
    /// <summary>Refusals that the stores under test keep.</summary>
    protected const int RefusalCapacity = 5;

    /// <summary>Version of the newest migration.</summary>
    protected const int NewestSchema = 8;

    /// <summary>Query of the how-to; the columns are what operators write scripts against.</summary>
    protected const string OperatorQuery =
        "SELECT at, zone, key_name, peer, serial_from, serial_to, origin, diff FROM change_log WHERE zone = 'example.' ORDER BY at DESC";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Schema_of_an_earlier_version_is_brought_up_with_its_content(int version)
    {
        await StartEmptyAsync();
        IJournalStore old = Connect(version);
        StoreIdentity before = Done(await old.OpenAsync(Stop));
        Assert.Equal(version, before.SchemaVersion);
        await SqlAsync("INSERT INTO zone (name, class, view, version, serial, made_at) VALUES ('old.example.', 'IN', 'v', 7, 8, '2026-01-01T00:00:00.000000Z')");

        RequestFingerprint request = Sample.Request(1, rcode: 6);
        await SqlAsync(
            $"INSERT INTO request (key_name, mac, rcode, keep_until) VALUES ('{request.KeyName}', {Literal(request.Mac)}, 6, '2100-01-01T00:00:00.000000Z')");

        StoreIdentity after = Done(await Store.OpenAsync(Stop));

        Assert.Equal([new DuplicateRequest(0, 6)], Done(await Store.Journal.FindRequestsAsync([request], Stop)));
        Assert.Equal((NewestSchema, before.Epoch), (after.SchemaVersion, after.Epoch));
        StoredZone zone = Assert.Single(Done(await Store.Zones.ListAsync(Stop)));
        Assert.Equal((7L, new Serial(8), "v"), (zone.Head.Version, zone.Head.Serial!.Value, zone.Key.View));
        Assert.Null(zone.Import);
        Assert.Equal("1\n2\n3\n4\n5\n6\n7\n8", await SqlAsync("SELECT version FROM schema_version ORDER BY version"));
    }

    [Fact]
    public async Task Schema_that_needs_a_newer_program_is_refused_and_says_so()
    {
        await SqlAsync("INSERT INTO schema_version VALUES (99, 98, '2026-01-01T00:00:00.000000Z')");

        StoreResult<StoreIdentity> result = await Connect().OpenAsync(Stop);

        Assert.Equal(StoreStatus.Refused, result.Status);
        Assert.Contains("schema version 99 and needs a program that knows version 98; this one knows 8", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_beside_a_server_finds_the_schema_and_changes_nothing()
    {
        long zone = await AddZoneAsync();
        await AppendLineAsync(zone, 1);
        IJournalStore reader = Connect();

        Assert.Equal(Identity.SchemaVersion, Done(await reader.OpenForReadingAsync(Stop)));

        Assert.Single(Done(await reader.Journal.SearchAsync(new JournalFilter(), Stop)));
        await AppendAsync(new ZoneAppend(zone, 1, [Sample.Entry(2)]));
        Assert.Equal(2, Done(await reader.Journal.SearchAsync(new JournalFilter(), Stop)).Count);
    }

    [Fact]
    public async Task Reading_of_a_store_that_nobody_keeps_is_not_found_and_makes_none()
    {
        await StartEmptyAsync();

        Assert.Equal(StoreStatus.NotFound, (await Connect().OpenForReadingAsync(Stop)).Status);
        Assert.Equal(StoreStatus.NotFound, (await Connect().OpenForReadingAsync(Stop)).Status);
    }

    [Theory]
    [InlineData("INSERT INTO schema_version VALUES (99, 98, '2026-01-01T00:00:00.000000Z')", "upgrade it")]
    [InlineData("DELETE FROM schema_version WHERE version > 1", "start the server of this version once")]
    public async Task Reading_of_another_schema_is_refused_and_says_what_to_do(string sql, string advice)
    {
        await SqlAsync(sql);

        StoreResult<int> result = await Connect().OpenForReadingAsync(Stop);

        Assert.Equal(StoreStatus.Refused, result.Status);
        Assert.Contains(advice, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_that_was_only_expanded_by_a_newer_program_is_used()
    {
        await SqlAsync("INSERT INTO schema_version VALUES (99, 3, '2026-01-01T00:00:00.000000Z')");

        Assert.Equal(99, Done(await Connect().OpenAsync(Stop)).SchemaVersion);
    }

    [Fact]
    public async Task Migration_by_several_programs_at_once_happens_once()
    {
        await StartEmptyAsync();

        StoreResult<StoreIdentity>[] results = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Connect()).ToList().Select(store => Task.Run(async () => await store.OpenAsync(Stop), Stop)));

        Assert.Single(results.Select(result => Done(result).Epoch).Distinct());
    }

    [Fact]
    public async Task Import_that_changed_nothing_is_remembered_at_its_head_only()
    {
        long zone = await AddZoneAsync();
        await AppendLineAsync(zone, 1);

        Assert.False(Done(await Store.Zones.RememberImportAsync(zone, 0, new ImportedFile(new byte[] { 9 }, new Serial(9)), Stop)));
        Assert.True(Done(await Store.Zones.RememberImportAsync(zone, 1, new ImportedFile(new byte[] { 1 }, new Serial(2)), Stop)));

        Assert.Equal(new Serial(2), Done(await Store.Zones.FindAsync(zone, Stop)).Import!.Serial);
    }

    [Fact]
    public async Task Expiry_of_a_secondary_is_remembered_with_its_zone()
    {
        long zone = await AddZoneAsync();
        Assert.Null(Done(await Store.Zones.FindAsync(zone, Stop)).ExpiresAt);
        Assert.True(Done(await Store.Zones.RememberExpiryAsync(zone, Sample.Time, Stop)));
        Assert.Equal(Sample.Time, Done(await Store.Zones.FindAsync(zone, Stop)).ExpiresAt);
        Assert.False(Done(await Store.Zones.RememberExpiryAsync(zone + 1, Sample.Time, Stop)));
    }

    [Fact]
    public async Task Added_zone_is_listed_until_it_is_removed()
    {
        AddedZone zone = new(Key("new.example."), "zone \"new.example\" { type primary; };", Sample.Time);
        Done(await Store.AddedZones.PutAsync(zone with { Statement = "first" }, Stop));
        Done(await Store.AddedZones.PutAsync(zone, Stop));
        Done(await Store.AddedZones.PutAsync(zone with { Key = Key("new.example.", "inside") }, Stop));

        Assert.Equal([zone, zone with { Key = Key("new.example.", "inside") }], Done(await Store.AddedZones.ListAsync(Stop)));
        Assert.True(Done(await Store.AddedZones.RemoveAsync(zone.Key, Stop)));
        Assert.False(Done(await Store.AddedZones.RemoveAsync(zone.Key, Stop)));
        Assert.Single(Done(await Store.AddedZones.ListAsync(Stop)));
    }

    [Fact]
    public async Task Refusals_are_kept_up_to_their_number_and_found_by_zone_key_and_time()
    {
        Refusal[] refusals =
        [
            .. Enumerable.Range(0, 8).Select(number => new Refusal
            {
                Time = Sample.Time.AddSeconds(number),
                Node = "node-a",
                Operation = "update",
                Zone = number % 2 == 0 ? "even.example." : "odd.example.",
                Peer = "192.0.2.1#4711",
                KeyName = number > 5 ? "certbot." : null,
                Answer = "REFUSED",
                Rule = "update-policy: no rule matched",
                Content = "+www.odd.example. 1 IN A 192.0.2.1\n",
            }),
        ];
        Done(await Store.Refusals.AddAsync(refusals[..6], Stop));
        Done(await Store.Refusals.AddAsync(refusals[6..], Stop));

        await ExpectAsync(new RefusalFilter(), 7, 6, 5, 4, 3);
        await ExpectAsync(new RefusalFilter { Zone = "odd.example." }, 7, 5, 3);
        await ExpectAsync(new RefusalFilter { KeyName = "Certbot.", LimitEntries = 1 }, 7);
        await ExpectAsync(new RefusalFilter { Since = Sample.Time.AddSeconds(6) }, 7, 6);

        async Task ExpectAsync(RefusalFilter filter, params int[] numbers) =>
            Assert.Equal(numbers.Select(number => refusals[number]), Done(await Store.Refusals.SearchAsync(filter, Stop)));
    }

    [Fact]
    public async Task Lease_is_prolonged_by_its_holder_and_refused_to_others_until_it_is_over()
    {
        Lease first = Done(await Store.Leases.AcquireAsync("key-registry", "node-a", TimeSpan.FromMinutes(1), Stop));
        Lease again = Done(await Store.Leases.AcquireAsync("key-registry", "node-a", TimeSpan.FromMinutes(2), Stop));
        Lease refused = Done(await Store.Leases.AcquireAsync("key-registry", "node-b", TimeSpan.FromMinutes(1), Stop));
        Assert.Equal((1L, "node-a"), (first.Token.Number, first.Holder));
        Assert.Equal(first.Token, again.Token);
        Assert.True(again.Until > first.Until);
        Assert.Equal(again, refused);

        Assert.True(Done(await Store.Leases.ReleaseAsync(first.Token, Stop)));
        Lease taken = Done(await Store.Leases.AcquireAsync("key-registry", "node-b", TimeSpan.FromMinutes(1), Stop));
        Assert.Equal((2L, "node-b"), (taken.Token.Number, taken.Holder));
        Assert.False(Done(await Store.Leases.ReleaseAsync(first.Token, Stop)));
    }

    [Fact]
    public async Task Lease_that_ran_out_gives_even_its_holder_a_new_token()
    {
        Done(await Store.Leases.AcquireAsync("steward/1", "node-a", TimeSpan.Zero, Stop));

        Assert.Equal(2, Done(await Store.Leases.AcquireAsync("steward/1", "node-a", TimeSpan.FromMinutes(1), Stop)).Token.Number);
    }

    [Fact]
    public async Task Sweep_removes_what_has_served_its_time_and_nothing_else()
    {
        long kept = await AddZoneAsync("kept.example.");
        long gone = await AddZoneAsync("gone.example.");
        RequestFingerprint over = Sample.Request(1) with { KeepUntil = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        await AppendAsync(
            new ZoneAppend(kept, 0, [Sample.Entry(1, request: over), Sample.Entry(2, request: Sample.Request(2))]),
            new ZoneAppend(gone, 0, [Sample.Entry(1)]));
        Done(await Store.Checkpoints.CompleteAsync(await StageAsync(gone, 1, 2, [1]), Stop));
        await StageAsync(kept, 2, 3, [1]);
        await SqlAsync("UPDATE commit_log SET at = '2020-01-01T00:00:00.000000Z' WHERE zone_id = " + gone);
        Done(await Store.Zones.RemoveAsync(gone, Stop));

        Done(await Store.SweepAsync(TimeSpan.FromDays(1), Stop));
        Assert.Equal("2", await SqlAsync("SELECT count(*) FROM zone"));
        Done(await Store.SweepAsync(TimeSpan.FromDays(-1), Stop));

        Assert.Equal([new DuplicateRequest(1, 0)], Done(await Store.Journal.FindRequestsAsync([over, Sample.Request(2)], Stop)));
        Assert.Equal($"{kept}", await SqlAsync("SELECT zone_id FROM commit_log"));
        Assert.Equal($"{kept}", await SqlAsync("SELECT DISTINCT zone_id FROM journal"));
        Assert.Equal($"{kept}", await SqlAsync("SELECT zone_id FROM checkpoint"));
        Assert.Equal("1", await SqlAsync("SELECT count(*) FROM checkpoint_chunk"));
        Assert.Equal("1", await SqlAsync("SELECT count(*) FROM zone"));
    }

    [Fact]
    public async Task Sweep_in_small_steps_removes_as_much_and_a_zone_after_all_that_is_of_it()
    {
        long kept = await AddZoneAsync("kept.example.");
        long gone = await AddZoneAsync("gone.example.");
        await AppendLineAsync(kept, 2);
        await AppendLineAsync(gone, 7);
        Done(await Store.Checkpoints.CompleteAsync(await StageAsync(gone, 7, 8, [1], [2], [3], [4], [5]), Stop));
        await SqlAsync($"UPDATE commit_log SET at = '2020-01-01T00:00:00.000000Z' WHERE zone_id = {gone}");
        Done(await Store.Zones.RemoveAsync(gone, Stop));
        await using SqlBackend backend = CreateBackend();

        StoreResult<long> swept = await new SqlSweep(backend, rowsPerTransaction: 2).RunAsync(TimeSpan.FromDays(-1), Stop);

        // Seven entries and as many outcomes, five chunks, the checkpoint and the zone.
        Assert.Equal(21, Done(swept));
        Assert.Equal($"{kept}", await SqlAsync("SELECT id FROM zone"));
        Assert.Equal("2", await SqlAsync("SELECT count(*) FROM journal"));
        Assert.Equal("0", await SqlAsync("SELECT count(*) FROM checkpoint_chunk"));
    }

    [Fact]
    public async Task Call_that_was_cancelled_ends_with_cancellation_and_the_next_one_works()
    {
        long zone = await AddZoneAsync();
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.Journal.AppendAsync(
            Group(new ZoneAppend(zone, 0, [Sample.Entry(1)])), cancelled.Token));

        await AppendLineAsync(zone, 1);
    }
}
