using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;

namespace ActorDns.Storage.Tests.Contracts;

/// <summary>What every store promises; run against each backend.</summary>
public abstract partial class JournalStoreContract : IAsyncLifetime
{
    private readonly List<IJournalStore> _opened = [];

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected IJournalStore Store { get; private set; } = null!;

    protected StoreIdentity Identity { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        Store = Connect();
        Identity = Done(await Store.OpenAsync(Stop));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IJournalStore store in _opened)
            await store.DisposeAsync();
        await CleanAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another store object on the same data, as another process would have it.</summary>
    protected IJournalStore Connect(int lastMigration = int.MaxValue)
    {
        IJournalStore store = Create(lastMigration);
        _opened.Add(store);
        return store;
    }

    protected abstract ValueTask PrepareAsync();

    protected abstract ValueTask CleanAsync();

    protected abstract IJournalStore Create(int lastMigration);

    /// <summary>The database itself.</summary>
    private protected abstract SqlBackend CreateBackend();

    /// <summary>Octets as the database's SQL writes them.</summary>
    protected abstract string Literal(ReadOnlyMemory<byte> octets);

    /// <summary>Runs SQL past the store, with the database's own tool, and gives what it prints.</summary>
    protected abstract Task<string> SqlAsync(string sql);

    /// <summary>Throws away what the test was given and starts with an empty database.</summary>
    protected abstract ValueTask StartEmptyAsync();

    protected static T Done<T>(StoreResult<T> result)
    {
        Assert.True(result.IsDone, result.ToString());
        return result.Value;
    }

    protected static ZoneKey Key(string name, string view = "_default") => new(DomainName.Parse(name), RecordClass.In, view);

    protected async Task<long> AddZoneAsync(string name = "example.") =>
        Done(await Store.Zones.GetOrAddAsync(Key(name), Stop)).Head.ZoneId;

    protected AppendGroup Group(params ZoneAppend[] zones) => new(Guid.NewGuid(), Identity.Epoch, zones);

    protected async Task<IReadOnlyList<ZoneOutcome>> AppendAsync(params ZoneAppend[] zones) =>
        Done(await Store.Journal.AppendAsync(Group(zones), Stop));

    /// <summary>Appends so many entries, one per group, from serial 1 on.</summary>
    protected async Task AppendLineAsync(long zone, int entries)
    {
        for (int at = 0; at < entries; at++)
            Assert.Equal(ZoneOutcomeStatus.Won, (await AppendAsync(new ZoneAppend(zone, at, [Sample.Entry((uint)at + 1)])))[0].Status);
    }

    protected async Task<IReadOnlyList<StoredEntry>> ReadAllAsync(long zone) =>
        Done(await Store.Journal.ReadAfterAsync(zone, 0, int.MaxValue, long.MaxValue, Stop));

    [Fact]
    public async Task Open_of_the_same_store_again_gives_the_same_epoch()
    {
        StoreIdentity again = Done(await Connect().OpenAsync(Stop));

        Assert.Equal(Identity.Epoch, again.Epoch);
        Assert.NotEqual(Guid.Empty, again.Epoch);
        Assert.Equal(NewestSchema, again.SchemaVersion);
    }

    [Fact]
    public async Task Append_of_two_zones_moves_both_heads_by_their_entries()
    {
        long one = await AddZoneAsync("one.example.");
        long two = await AddZoneAsync("two.example.");

        IReadOnlyList<ZoneOutcome> outcomes = await AppendAsync(
            new ZoneAppend(two, 0, [Sample.Entry(1), Sample.Entry(2)]), new ZoneAppend(one, 0, [Sample.Entry(7)]));

        Assert.Equal([two, one], outcomes.Select(outcome => outcome.ZoneId));
        Assert.All(outcomes, outcome => Assert.Equal(ZoneOutcomeStatus.Won, outcome.Status));
        Assert.Equal(new ZoneHead(two, 2, new Serial(3)), outcomes[0].Head);
        Assert.Equal(new ZoneHead(one, 1, new Serial(8)), Done(await Store.Zones.FindAsync(one, Stop)).Head);
        Assert.Equal([1L, 2L], (await ReadAllAsync(two)).Select(entry => entry.Version));
    }

    [Fact]
    public async Task Entry_is_read_back_as_it_was_written()
    {
        long zone = await AddZoneAsync();
        JournalEntry full = new()
        {
            SerialFrom = new Serial(uint.MaxValue),
            SerialTo = new Serial(1),
            Origin = ChangeOrigin.Rollback,
            Time = new DateTimeOffset(2026, 11, 20, 9, 14, 3, TimeSpan.Zero).AddTicks(1_234_560),
            Node = "node-a",
            KeyName = "terraform.",
            Peer = "2001:db8::7#51514",
            MessageId = 65535,
            MacDigest = new byte[] { 0, 1, 255 },
            Wire = new byte[] { 9, 0, 200, 0 },
            Text = "-www.example. 300 IN TXT \"it's; \\\\ \\195\\164 ä\"\n+www.example. 300 IN A 192.0.2.9\n",
        };
        AppendGroup group = Group(new ZoneAppend(zone, 0, [full]));
        Done(await Store.Journal.AppendAsync(group, Stop));

        StoredEntry read = Assert.Single(await ReadAllAsync(zone));

        Assert.Equal((zone, 1L, group.CommitId), (read.ZoneId, read.Version, read.CommitId));
        Assert.Equal(full.Wire.ToArray(), read.Entry.Wire.ToArray());
        Assert.Equal(full.MacDigest.ToArray(), read.Entry.MacDigest.ToArray());
        Assert.Equal(full.Text, read.Entry.Text);
        Assert.Equal(
            full with { Wire = default, MacDigest = default, Utf8Text = default },
            read.Entry with { Wire = default, MacDigest = default, Utf8Text = default });
    }

    [Fact]
    public async Task Zone_that_lost_writes_nothing_and_the_others_of_its_group_win()
    {
        long stale = await AddZoneAsync("stale.example.");
        long fresh = await AddZoneAsync("fresh.example.");
        await AppendLineAsync(stale, 1);

        IReadOnlyList<ZoneOutcome> outcomes = await AppendAsync(
            new ZoneAppend(stale, 0, [Sample.Entry(1, request: Sample.Request(1))]) { Import = new ImportedFile(new byte[] { 1 }, new Serial(9)) },
            new ZoneAppend(fresh, 0, [Sample.Entry(1)]));

        Assert.Equal([ZoneOutcomeStatus.Lost, ZoneOutcomeStatus.Won], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(new ZoneHead(stale, 1, new Serial(2)), outcomes[0].Head);
        Assert.Single(await ReadAllAsync(stale));
        Assert.Null(Done(await Store.Zones.FindAsync(stale, Stop)).Import);
        Assert.Empty(Done(await Store.Journal.FindRequestsAsync([Sample.Request(1)], Stop)));
        Assert.Equal("1", await SqlAsync($"SELECT count(*) FROM commit_log WHERE zone_id = {stale}"));
    }

    [Fact]
    public async Task Appends_of_two_stores_on_one_head_let_exactly_one_win()
    {
        long zone = await AddZoneAsync();
        IJournalStore other = Connect();
        Done(await other.OpenAsync(Stop));
        for (uint round = 0; round < 30; round++)
        {
            ZoneAppend append = new(zone, round, [Sample.Entry(round + 1)]);

            StoreResult<IReadOnlyList<ZoneOutcome>>[] results = await Task.WhenAll(
                Task.Run(async () => await Store.Journal.AppendAsync(Group(append), Stop), Stop),
                Task.Run(async () => await other.Journal.AppendAsync(Group(append), Stop), Stop));

            Assert.Equal(
                [ZoneOutcomeStatus.Won, ZoneOutcomeStatus.Lost], results.Select(result => Done(result)[0].Status).Order());
            Assert.All(results, result => Assert.Equal(round + 1, result.Value![0].Head.Version));
        }
    }

    [Fact]
    public async Task Writers_that_retry_make_one_line_of_serials_over_zones_in_any_order()
    {
        long[] zones = [await AddZoneAsync("a.example."), await AddZoneAsync("b.example."), await AddZoneAsync("c.example.")];
        const int writers = 4, groups = 15;

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(writer), Stop)));

        foreach (long zone in zones)
        {
            IReadOnlyList<StoredEntry> line = await ReadAllAsync(zone);
            Assert.Equal(writers * groups, line.Count);
            Assert.Equal(
                Enumerable.Range(1, line.Count).Select(serial => (uint)serial), line.Select(entry => entry.Entry.SerialFrom!.Value.Value));
            Assert.Equal(line.Count, line.Select(entry => entry.CommitId).Distinct().Count());
        }

        async Task WriteAsync(int writer)
        {
            IJournalStore store = Create(int.MaxValue);
            await using (store)
            {
                Done(await store.OpenAsync(Stop));
                Dictionary<long, (int Left, long Head)> open = zones.ToDictionary(zone => zone, _ => (groups, 0L));
                while (open.Values.Any(state => state.Left > 0))
                {
                    ZoneAppend[] appends =
                    [
                        .. open.Where(state => state.Value.Left > 0).OrderBy(state => (state.Key * (writer + 3)) % 7)
                            .Select(state => new ZoneAppend(state.Key, state.Value.Head, [Sample.Entry((uint)state.Value.Head + 1)])),
                    ];
                    foreach (ZoneOutcome outcome in Done(await store.Journal.AppendAsync(Group(appends), Stop)))
                    {
                        int won = outcome.Status == ZoneOutcomeStatus.Won ? 1 : 0;
                        open[outcome.ZoneId] = (open[outcome.ZoneId].Left - won, outcome.Head.Version);
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Head_that_is_held_takes_one_append_of_its_zone()
    {
        long zone = await AddZoneAsync("one.example.");
        long other = await AddZoneAsync("two.example.");
        await AppendLineAsync(zone, 3);
        await using IHeldHead held = Done(await Store.Journal.HoldAsync(zone, Stop));
        Assert.Equal(new ZoneHead(zone, 3, new Serial(4)), held.Head);
        AppendGroup wrong = Group(new ZoneAppend(other, 0, [Sample.Entry(1)]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await held.AppendAsync(wrong, Stop));
        await AppendLineAsync(other, 1);

        AppendGroup group = Group(new ZoneAppend(zone, 3, [Sample.Entry(4, request: Sample.Request(1))]));
        ZoneOutcome outcome = Done(await held.AppendAsync(group, Stop))[0];

        Assert.Equal((ZoneOutcomeStatus.Won, new ZoneHead(zone, 4, new Serial(5))), (outcome.Status, outcome.Head));
        Assert.Equal(Sample.Essence(outcome), Sample.Essence(Done(await Store.Journal.FindCommitAsync(group, Stop))[0]));
        Assert.Equal(
            ZoneOutcomeStatus.Duplicate,
            (await AppendAsync(new ZoneAppend(zone, 4, [Sample.Entry(5, request: Sample.Request(1))])))[0].Status);
    }

    [Fact]
    public async Task Head_that_was_given_up_or_is_gone_holds_up_nobody()
    {
        long zone = await AddZoneAsync();
        await Done(await Store.Journal.HoldAsync(zone, Stop)).DisposeAsync();
        await AppendLineAsync(zone, 1);
        Assert.Equal(StoreStatus.NotFound, (await Store.Journal.HoldAsync(zone + 1, Stop)).Status);
        Done(await Store.Zones.RemoveAsync(zone, Stop));
        Assert.Equal(StoreStatus.NotFound, (await Store.Journal.HoldAsync(zone, Stop)).Status);
    }

    [Fact]
    public async Task Zone_made_again_gets_another_id_and_the_old_one_is_gone()
    {
        long first = await AddZoneAsync();
        await AppendLineAsync(first, 2);
        Assert.True(Done(await Store.Zones.RemoveAsync(first, Stop)));
        Assert.False(Done(await Store.Zones.RemoveAsync(first, Stop)));

        long second = await AddZoneAsync("EXAMPLE.");
        IReadOnlyList<ZoneOutcome> outcomes = await AppendAsync(
            new ZoneAppend(first, 2, [Sample.Entry(3)]), new ZoneAppend(second, 0, [Sample.Entry(1)]),
            new ZoneAppend(second + 1000, 0, [Sample.Entry(1)]));

        Assert.NotEqual(first, second);
        Assert.Equal(
            [ZoneOutcomeStatus.Gone, ZoneOutcomeStatus.Won, ZoneOutcomeStatus.Gone], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(StoreStatus.NotFound, (await Store.Zones.FindAsync(first, Stop)).Status);
        Assert.Equal([second], Done(await Store.Zones.ListAsync(Stop)).Select(zone => zone.Head.ZoneId));
        Assert.Equal(2, Done(await Store.Journal.SearchAsync(new JournalFilter { ZoneId = first }, Stop)).Count);
    }

    [Fact]
    public async Task Zones_that_are_asked_for_at_once_are_each_entered_once()
    {
        const int Zones = 150;
        long known = await AddZoneAsync("z7.example.");
        Task<StoreResult<StoredZone>>[] asked =
        [
            .. Enumerable.Range(0, 2 * Zones).Select(at => Store.Zones.GetOrAddAsync(Key($"z{at % Zones}.example."), Stop).AsTask()),
        ];
        StoredZone[] found = [.. (await Task.WhenAll(asked)).Select(Done)];
        Assert.Equal(Zones, found.Select(zone => zone.Head.ZoneId).Distinct().Count());
        Assert.All(found.Index(), zone => Assert.Equal(Key($"z{zone.Index % Zones}.example."), zone.Item.Key));
        Assert.Equal(known, found[7].Head.ZoneId);
        Assert.Equal(known, found[Zones + 7].Head.ZoneId);
    }

    [Fact]
    public async Task Zones_differ_by_class_and_view_and_not_by_case()
    {
        StoredZone zone = Done(await Store.Zones.GetOrAddAsync(Key("Www\\.Odd.Example.", "Inside"), Stop));
        StoredZone same = Done(await Store.Zones.GetOrAddAsync(Key("wWW\\.odd.example.", "Inside"), Stop));
        StoredZone otherView = Done(await Store.Zones.GetOrAddAsync(Key("www\\.odd.example.", "inside"), Stop));
        ZoneKey chaos = new(zone.Key.Name, new RecordClass(3), "Inside");
        ZoneKey unknown = new(zone.Key.Name, new RecordClass(258), "Inside");
        StoredZone otherClass = Done(await Store.Zones.GetOrAddAsync(chaos, Stop));
        StoredZone unknownClass = Done(await Store.Zones.GetOrAddAsync(unknown, Stop));

        Assert.Equal(zone.Head, same.Head);
        Assert.Equal(4, new[] { zone, otherView, otherClass, unknownClass }.Select(one => one.Head.ZoneId).Distinct().Count());
        Assert.Equal((chaos, unknown), (otherClass.Key, unknownClass.Key));
        Assert.Equal(zone.Key, Key("www\\.odd.example.", "Inside"));
    }

    [Fact]
    public async Task Request_applied_before_stops_its_zone_only_and_gives_the_stored_rcode()
    {
        long zone = await AddZoneAsync("one.example.");
        long other = await AddZoneAsync("two.example.");
        await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1, request: Sample.Request(7, rcode: 5))]));

        IReadOnlyList<ZoneOutcome> outcomes = await AppendAsync(
            new ZoneAppend(other, 0, [Sample.Entry(1, request: Sample.Request(8))]),
            new ZoneAppend(zone, 1, [Sample.Entry(2, request: Sample.Request(9)), Sample.Entry(3, request: Sample.Request(7))]));

        Assert.Equal([ZoneOutcomeStatus.Won, ZoneOutcomeStatus.Duplicate], outcomes.Select(outcome => outcome.Status));
        Assert.Equal([new DuplicateRequest(1, 5)], outcomes[1].Duplicates);
        Assert.Equal(new ZoneHead(zone, 1, new Serial(2)), outcomes[1].Head);
        Assert.Equal(
            [new DuplicateRequest(1, 5), new DuplicateRequest(2, 0)],
            Done(await Store.Journal.FindRequestsAsync([Sample.Request(9), Sample.Request(7), Sample.Request(8)], Stop)));
    }

    [Fact]
    public async Task Requests_with_macs_that_begin_alike_are_told_apart()
    {
        long zone = await AddZoneAsync();
        RequestFingerprint first = Sample.Request(7) with { Mac = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 } };
        RequestFingerprint second = first with { Mac = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 10 } };
        RequestFingerprint third = first with { KeyName = "certbot." };
        await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1, request: first)]));

        Assert.Empty(Done(await Store.Journal.FindRequestsAsync([second, third], Stop)));
        ZoneOutcome won = (await AppendAsync(
            new ZoneAppend(zone, 1, [Sample.Entry(2, request: second), Sample.Entry(3, request: third)])))[0];
        ZoneOutcome lost = (await AppendAsync(
            new ZoneAppend(zone, 3, [Sample.Entry(4, request: third), Sample.Entry(5, request: second), Sample.Entry(6, request: first)])))[0];

        Assert.Equal((ZoneOutcomeStatus.Won, ZoneOutcomeStatus.Duplicate), (won.Status, lost.Status));
        Assert.Equal([new DuplicateRequest(0, 0), new DuplicateRequest(1, 0), new DuplicateRequest(2, 0)], lost.Duplicates);
    }

    [Fact]
    public async Task Requests_of_many_seconds_are_known_each()
    {
        const int Seconds = 150;
        long zone = await AddZoneAsync();
        RequestFingerprint[] requests =
            [.. Enumerable.Range(0, Seconds).Select(static number => Sample.Request(1) with { KeepUntil = new DateTimeOffset(2100, 1, 1, 0, number / 60, number % 60, TimeSpan.Zero) })];
        for (uint number = 0; number < Seconds; number++)
            await AppendAsync(new ZoneAppend(zone, number, [Sample.Entry(number + 1, request: requests[number])]));

        Assert.Equal(Seconds, Done(await Store.Journal.FindRequestsAsync(requests, Stop)).Count);
        for (uint number = 0; number < Seconds; number += 7)
        {
            ZoneOutcome outcome = (await AppendAsync(new ZoneAppend(zone, Seconds, [Sample.Entry(Seconds + 1, request: requests[number])])))[0];
            Assert.Equal((number, ZoneOutcomeStatus.Duplicate), (number, outcome.Status));
        }
    }

    [Fact]
    public async Task Request_is_free_when_its_transaction_is_not_there()
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1, request: Sample.Request(1))])); // Its second is known from here on.
        AppendGroup foreign = Group(new ZoneAppend(zone, 1, [Sample.Entry(2, request: Sample.Request(2))]));
        Assert.Equal(
            StoreStatus.WrongEpoch,
            (await Store.Journal.AppendAsync(foreign with { Epoch = Guid.NewGuid() }, Stop)).Status);
        Assert.Equal(
            ZoneOutcomeStatus.Lost,
            (await AppendAsync(new ZoneAppend(zone, 5, [Sample.Entry(2, request: Sample.Request(2))])))[0].Status);

        Assert.Equal(
            ZoneOutcomeStatus.Won,
            (await AppendAsync(new ZoneAppend(zone, 1, [Sample.Entry(2, request: Sample.Request(2))])))[0].Status);
    }

    [Fact]
    public async Task Request_that_another_connection_has_written_is_found()
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1, request: Sample.Request(1))])); // Its second is known from here on.
        RequestFingerprint other = Sample.Request(2);
        await SqlAsync(
            $"INSERT INTO request (key_name, mac, rcode, keep_until) VALUES ('{other.KeyName}', {Literal(other.Mac)}, 6, '2100-01-01T00:00:00.000000Z')");

        ZoneOutcome outcome = (await AppendAsync(new ZoneAppend(zone, 1, [Sample.Entry(2, request: other)])))[0];

        Assert.Equal([new DuplicateRequest(0, 6)], outcome.Duplicates);
    }

    [Fact]
    public async Task Append_under_another_epoch_writes_nothing()
    {
        long zone = await AddZoneAsync();

        StoreResult<IReadOnlyList<ZoneOutcome>> result = await Store.Journal.AppendAsync(
            Group(new ZoneAppend(zone, 0, [Sample.Entry(1)])) with { Epoch = Guid.NewGuid() }, Stop);

        Assert.Equal(StoreStatus.WrongEpoch, result.Status);
        Assert.Empty(await ReadAllAsync(zone));
        Assert.Equal(0, Done(await Store.Zones.FindAsync(zone, Stop)).Head.Version);
    }

    [Fact]
    public async Task Append_with_an_older_token_is_fenced_off()
    {
        long zone = await AddZoneAsync();
        Lease old = Done(await Store.Leases.AcquireAsync("steward/1", "node-a", TimeSpan.Zero, Stop));
        Lease current = Done(await Store.Leases.AcquireAsync("steward/1", "node-b", TimeSpan.FromMinutes(1), Stop));

        ZoneOutcome refused = (await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1)]) { Lease = old.Token }))[0];
        ZoneOutcome taken = (await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1)]) { Lease = current.Token }))[0];

        Assert.Equal((ZoneOutcomeStatus.Fenced, 0L), (refused.Status, refused.Head.Version));
        Assert.Equal(ZoneOutcomeStatus.Won, taken.Status);
    }

    [Theory]
    [InlineData(ChangeOrigin.Update, ZoneOutcomeStatus.Frozen)]
    [InlineData(ChangeOrigin.Rollback, ZoneOutcomeStatus.Frozen)]
    [InlineData(ChangeOrigin.Transfer, ZoneOutcomeStatus.Won)]
    [InlineData(ChangeOrigin.Reload, ZoneOutcomeStatus.Won)]
    [InlineData(ChangeOrigin.Sign, ZoneOutcomeStatus.Won)]
    public async Task Frozen_zone_takes_no_edits_from_any_store_until_it_is_thawed(ChangeOrigin origin, ZoneOutcomeStatus expected)
    {
        long zone = await AddZoneAsync("one.example.");
        long other = await AddZoneAsync("two.example.");
        await AppendLineAsync(zone, 1);
        IJournalStore elsewhere = Connect();
        Done(await elsewhere.OpenAsync(Stop));
        Assert.True(Done(await elsewhere.Zones.SetFrozenAsync(zone, true, Stop)));
        ZoneAppend append = new(zone, 1, [Sample.Entry(2) with { Origin = origin }]);

        IReadOnlyList<ZoneOutcome> outcomes = await AppendAsync(new ZoneAppend(other, 0, [Sample.Entry(1)]), append);

        Assert.Equal([ZoneOutcomeStatus.Won, expected], outcomes.Select(outcome => outcome.Status));
        bool isWritten = expected == ZoneOutcomeStatus.Won;
        Assert.Equal(isWritten ? 2 : 1, outcomes[1].Head.Version);
        Assert.Equal(isWritten ? 2 : 1, (await ReadAllAsync(zone)).Count);
        Assert.True(Done(await Store.Zones.FindAsync(zone, Stop)).IsFrozen);
        Assert.False(Done(await Store.Zones.FindAsync(other, Stop)).IsFrozen);

        Assert.True(Done(await Store.Zones.SetFrozenAsync(zone, false, Stop)));
        Assert.False(Done(await elsewhere.Zones.FindAsync(zone, Stop)).IsFrozen);
        long head = Done(await Store.Zones.FindAsync(zone, Stop)).Head.Version;
        Assert.Equal(
            ZoneOutcomeStatus.Won,
            (await AppendAsync(append with { ExpectedVersion = head, Entries = [Sample.Entry((uint)head + 1)] }))[0].Status);
    }

    [Fact]
    public async Task Frozen_zone_still_knows_the_requests_that_were_applied_before()
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1, request: Sample.Request(7))]));
        Done(await Store.Zones.SetFrozenAsync(zone, true, Stop));

        ZoneOutcome outcome = (await AppendAsync(new ZoneAppend(zone, 1, [Sample.Entry(2, request: Sample.Request(7))])))[0];

        Assert.Equal(ZoneOutcomeStatus.Duplicate, outcome.Status);
        Assert.Equal([new DuplicateRequest(0, 0)], outcome.Duplicates);
    }

    [Fact]
    public async Task Freezing_again_or_what_is_gone_changes_nothing()
    {
        long zone = await AddZoneAsync();
        Assert.True(Done(await Store.Zones.SetFrozenAsync(zone, true, Stop)));
        Assert.True(Done(await Store.Zones.SetFrozenAsync(zone, true, Stop)));
        Assert.True(Done(await Store.Zones.FindAsync(zone, Stop)).IsFrozen);
        Done(await Store.Zones.RemoveAsync(zone, Stop));

        Assert.False(Done(await Store.Zones.SetFrozenAsync(zone, false, Stop)));
        Assert.False(Done(await Store.Zones.FindAsync(await AddZoneAsync(), Stop)).IsFrozen);
    }

    [Fact]
    public async Task Commit_is_found_by_its_id_with_the_head_that_it_made()
    {
        long won = await AddZoneAsync("won.example.");
        long lost = await AddZoneAsync("lost.example.");
        await AppendLineAsync(lost, 1);
        AppendGroup group = Group(new ZoneAppend(lost, 0, [Sample.Entry(1)]), new ZoneAppend(won, 0, [Sample.Entry(1), Sample.Entry(2)]));
        IReadOnlyList<ZoneOutcome> told = Done(await Store.Journal.AppendAsync(group, Stop));
        await AppendAsync(new ZoneAppend(won, 2, [Sample.Entry(3)]));

        IReadOnlyList<ZoneOutcome> found = Done(await Store.Journal.FindCommitAsync(group, Stop));
        IReadOnlyList<ZoneOutcome> never = Done(await Store.Journal.FindCommitAsync(group with { CommitId = Guid.NewGuid() }, Stop));

        Assert.Equal(told.Select(Sample.Essence), found.Select(Sample.Essence));
        Assert.All(never, outcome => Assert.Equal(ZoneOutcomeStatus.Lost, outcome.Status));
        Assert.Equal([1L, 3L], never.Select(outcome => outcome.Head.Version));
    }

    [Fact]
    public async Task Group_that_contradicts_itself_is_a_mistake_of_the_caller()
    {
        long zone = await AddZoneAsync();
        ZoneAppend good = new(zone, 0, [Sample.Entry(1)]);
        AppendGroup[] wrong =
        [
            Group(good, good),
            Group(new ZoneAppend(zone, 0, [])),
            Group(new ZoneAppend(zone, 0, [Sample.Entry(1), Sample.Entry(3)])),
            Group(new ZoneAppend(zone, 0, [Sample.Baseline(1)])),
            Group(new ZoneAppend(zone, 0, [Sample.Entry(1, request: Sample.Request(1)), Sample.Entry(2, request: Sample.Request(1))])),
        ];

        foreach (AppendGroup group in wrong)
            await Assert.ThrowsAsync<ArgumentException>(async () => await Store.Journal.AppendAsync(group, Stop));
        Assert.Empty(await ReadAllAsync(zone));
    }

    [Fact]
    public async Task Thousand_entries_with_large_differences_are_one_group()
    {
        long zone = await AddZoneAsync();
        JournalEntry[] entries = [.. Enumerable.Range(1, 1000).Select(serial => Sample.Entry((uint)serial, wireBytes: 3000))];

        ZoneOutcome outcome = (await AppendAsync(new ZoneAppend(zone, 0, entries)))[0];

        Assert.Equal(new ZoneHead(zone, 1000, new Serial(1001)), outcome.Head);
        Assert.Equal("1", await SqlAsync("SELECT count(DISTINCT commit_id) FROM journal"));
    }
}
