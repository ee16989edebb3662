using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Sql;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Testing.Databases;
using Npgsql;

namespace ActorDns.Storage.Tests.PostgreSql;

/// <summary>Members and the feed of changes, as several nodes see them.</summary>
public sealed partial class PostgreSqlClusterTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan AliveFor = TimeSpan.FromMinutes(1);

    private readonly List<PostgreSqlStore> _opened = [];
    private PostgreSqlServer _server = null!;
    private string _connection = "";
    private PostgreSqlStore _store = null!;
    private StoreIdentity _identity = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await fixture.ServerAsync();
        _connection = await _server.CreateDatabaseAsync();
        _store = Connect();
        _identity = Done(await _store.OpenAsync(Stop));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PostgreSqlStore store in _opened)
            await store.DisposeAsync();
    }

    [Fact]
    public async Task Heartbeat_gives_all_nodes_by_the_clock_of_the_database()
    {
        MemberReport a = Report("node-a") with { Zones = 7, Updates = 1L << 40, IsLagging = true, State = MemberState.Draining };
        MemberReport b = Report("node-b") with { Addresses = [] };
        Done(await Members(_store).HeartbeatAsync(b, AliveFor, Stop));

        ClusterView view = Done(await Members(Connect()).HeartbeatAsync(a, AliveFor, Stop));
        ClusterView read = Done(await Members(_store).ReadAsync(Stop));

        Assert.Equal(["node-a", "node-b"], view.Members.Select(member => member.Report.Node));
        Assert.Equal(a.Addresses, view.Members[0].Report.Addresses);
        Assert.Equal(a with { Addresses = [] }, view.Members[0].Report with { Addresses = [] });
        Assert.All(view.Members, member => Assert.InRange(member.SeenAt, member.StartedAt, view.Now));
        Assert.Equal(view.Members.Select(member => member.SeenAt), read.Members.Select(member => member.SeenAt));
        Assert.True(read.Now > view.Now);
    }

    [Fact]
    public async Task Heartbeat_again_moves_the_time_seen_and_not_the_time_started()
    {
        MemberReport report = Report("node-a");
        ClusterMember first = Done(await Members(_store).HeartbeatAsync(report, AliveFor, Stop)).Members[0];
        ClusterMember second = Done(await Members(_store).HeartbeatAsync(report with { Updates = 3 }, AliveFor, Stop)).Members[0];

        Assert.Equal((first.StartedAt, 3L), (second.StartedAt, second.Report.Updates));
        Assert.True(second.SeenAt > first.SeenAt);
    }

    [Fact]
    public async Task Name_of_a_live_process_is_refused_to_another_until_it_has_fallen_silent()
    {
        MemberReport first = Report("node-a");
        MemberReport second = Report("node-a") with { Addresses = ["192.0.2.2#53"] };
        ClusterMember known = Done(await Members(_store).HeartbeatAsync(first, AliveFor, Stop)).Members[0];

        StoreResult<ClusterView> refused = await Members(_store).HeartbeatAsync(second, AliveFor, Stop);
        ClusterMember kept = Done(await Members(_store).ReadAsync(Stop)).Members[0];
        ClusterMember taken = Done(await Members(_store).HeartbeatAsync(second, TimeSpan.Zero, Stop)).Members[0];
        StoreResult<ClusterView> late = await Members(_store).HeartbeatAsync(first, AliveFor, Stop);

        Assert.Equal(StoreStatus.Refused, refused.Status);
        Assert.Contains("another process is node 'node-a': it serves at 192.0.2.1#53", refused.Message, StringComparison.Ordinal);
        Assert.Equal((first.Incarnation, known.SeenAt), (kept.Report.Incarnation, kept.SeenAt));
        Assert.Equal(second.Incarnation, taken.Report.Incarnation);
        Assert.True(taken.StartedAt > known.SeenAt);
        Assert.Equal(StoreStatus.Refused, late.Status);
    }

    [Fact]
    public async Task Name_of_a_process_that_has_left_is_free_and_its_late_heartbeat_does_not_bring_it_back()
    {
        MemberReport first = Report("node-a");
        Done(await Members(_store).HeartbeatAsync(first, AliveFor, Stop));

        Assert.True(Done(await Members(_store).LeaveAsync(first.Incarnation, Stop)));
        Assert.False(Done(await Members(_store).LeaveAsync(first.Incarnation, Stop)));
        Assert.Equal(StoreStatus.Refused, (await Members(_store).HeartbeatAsync(first, AliveFor, Stop)).Status);
        ClusterView view = Done(await Members(_store).ReadAsync(Stop));
        Assert.Equal(MemberState.Left, view.Members[0].Report.State);
        Assert.Empty(view.Alive(AliveFor));
        MemberReport second = Report("node-a");
        Assert.Equal(
            second.Incarnation,
            Assert.Single(Done(await Members(_store).HeartbeatAsync(second, AliveFor, Stop)).Alive(AliveFor)).Report.Incarnation);
    }

    [Fact]
    public async Task Processes_that_take_one_name_at_once_are_one_and_refused_ones()
    {
        StoreResult<ClusterView>[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(async () => await Members(_store).HeartbeatAsync(Report("node-a"), AliveFor, Stop), Stop)));

        Assert.Single(results, result => result.IsDone);
        Assert.All(results.Where(result => !result.IsDone), result => Assert.Equal(StoreStatus.Refused, result.Status));
    }

    [Fact]
    public async Task Heartbeat_of_a_program_that_the_schema_has_outgrown_is_refused()
    {
        await SqlAsync("INSERT INTO schema_version VALUES (99, 98, now())");

        StoreResult<ClusterView> result = await Members(_store).HeartbeatAsync(Report("node-a"), AliveFor, Stop);

        Assert.Equal(StoreStatus.Refused, result.Status);
        Assert.Contains("knows schema version 98", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_forgets_nodes_that_left_an_hour_ago_or_were_silent_for_a_day()
    {
        foreach (string node in (string[])["left-long", "left-now", "silent-long", "silent", "alive"])
        {
            MemberReport report = Report(node);
            Done(await Members(_store).HeartbeatAsync(report, AliveFor, Stop));
            if (node.StartsWith("left", StringComparison.Ordinal))
                Assert.True(Done(await Members(_store).LeaveAsync(report.Incarnation, Stop)));
        }

        await SqlAsync("UPDATE node SET seen_at = seen_at - interval '61 minutes' WHERE name IN ('left-long', 'silent')");
        await SqlAsync("UPDATE node SET seen_at = seen_at - interval '25 hours' WHERE name = 'silent-long'");

        Assert.Equal(2, Done(await _store.SweepAsync(TimeSpan.FromDays(1), Stop)));

        Assert.Equal(
            ["alive", "left-now", "silent"], Done(await Members(_store).ReadAsync(Stop)).Members.Select(member => member.Report.Node));
    }

    [Theory]
    [InlineData("", StoreStatus.Unavailable)]
    [InlineData("UPDATE node SET state = 'left'", StoreStatus.Done)]
    [InlineData("UPDATE node SET seen_at = now() - interval '2 minutes'", StoreStatus.Done)]
    [InlineData("UPDATE node SET schema_version = 101", StoreStatus.Done)]
    public async Task Migration_that_an_older_node_could_not_read_waits_until_that_node_is_gone_or_upgraded(
        string change, StoreStatus expected)
    {
        Done(await Members(_store).HeartbeatAsync(Report("older") with { SchemaVersion = 100 }, AliveFor, Stop));
        Done(await Members(_store).HeartbeatAsync(Report("upgraded") with { SchemaVersion = 102 }, AliveFor, Stop));
        await using PostgreSqlBackend backend = new(new PostgreSqlStoreOptions(_connection));
        Migrator migrator = new(
            backend,
            [
                .. Migrator.Load(backend.Dialect),
                new Migration(101, 1, "CREATE TABLE expanded (id integer)"),
                new Migration(102, 101, "DROP TABLE refusal"),
            ]);
        if (change.Length > 0)
            await SqlAsync(change);

        StoreResult<int> result = await migrator.ApplyAsync(Stop);

        Assert.True(expected == result.Status, result.ToString());
        bool isApplied = expected == StoreStatus.Done;
        Assert.Equal(isApplied ? "expanded|" : "|refusal", await SqlAsync("SELECT to_regclass('expanded'), to_regclass('refusal')"));
        if (!isApplied)
        {
            Assert.Contains(
                "migration 102 of the store needs all nodes to know schema version 101, and node older (version 1.0, which knows schema version 100)",
                result.Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Migration_that_only_expands_is_applied_under_older_nodes_which_go_on()
    {
        MemberReport older = Report("older");
        Done(await Members(_store).HeartbeatAsync(older, AliveFor, Stop));
        await using PostgreSqlBackend backend = new(new PostgreSqlStoreOptions(_connection));
        Migrator migrator = new(
            backend, [.. Migrator.Load(backend.Dialect), new Migration(101, 1, "ALTER TABLE zone ADD COLUMN colour text")]);

        Assert.Equal(101, Done(await migrator.ApplyAsync(Stop)));

        long zone = await AddZoneAsync("one.example.");
        await AppendAsync(zone, 0);
        Done(await Members(_store).HeartbeatAsync(older, AliveFor, Stop));
        Assert.Equal(101, Done(await Connect().OpenAsync(Stop)).SchemaVersion);
    }

    [Fact]
    public async Task Feed_gives_each_zone_once_with_its_newest_head_and_then_nothing()
    {
        long one = await AddZoneAsync("one.example.");
        long two = await AddZoneAsync("two.example.");
        await AddZoneAsync("idle.example.");
        await AppendAsync(one, 0);
        FeedPosition start = Done(await Feed.StartAsync(Stop));
        await AppendAsync(one, 1);
        await AppendAsync(two, 0);
        await AppendAsync(one, 2);

        FeedPage page = Done(await Feed.ReadAsync(start, Stop));
        FeedPage next = Done(await Feed.ReadAsync(page.Next, Stop));
        await AppendAsync(two, 1);
        FeedPage last = Done(await Feed.ReadAsync(next.Next, Stop));

        Assert.Equal([new ZoneHead(one, 3, new Serial(4)), new ZoneHead(two, 1, new Serial(2))], page.Zones);
        Assert.Empty(next.Zones);
        Assert.Equal([new ZoneHead(two, 2, new Serial(3))], last.Zones);
    }

    [Fact]
    public async Task Transaction_that_commits_late_with_a_lower_number_is_not_passed_over()
    {
        long late = await AddZoneAsync("late.example.");
        long early = await AddZoneAsync("early.example.");
        FeedPosition position = Done(await Feed.StartAsync(Stop));
        await using NpgsqlConnection slow = new(_connection);
        await slow.OpenAsync(Stop);
        await using NpgsqlTransaction theirs = await slow.BeginTransactionAsync(Stop);
        await InsertAsync(late, slow, theirs);
        for (int version = 0; version < 3; version++)
        {
            await AppendAsync(early, version);
            FeedPage page = Done(await Feed.ReadAsync(position, Stop));
            Assert.Equal([early], page.Zones.Select(zone => zone.ZoneId));
            Assert.Empty(Done(await Feed.ReadAsync(page.Next, Stop)).Zones);
            position = page.Next;
        }

        await theirs.CommitAsync(Stop);
        FeedPage told = Done(await Feed.ReadAsync(position, Stop));

        Assert.Equal([new ZoneHead(late, 1, new Serial(2))], told.Zones);
        Assert.Empty(Done(await Feed.ReadAsync(told.Next, Stop)).Zones);
        string order = $"SELECT (SELECT min(xact) FROM journal WHERE zone_id = {late}) < (SELECT min(xact) FROM journal WHERE zone_id = {early})";
        Assert.Equal("t", await SqlAsync(order));
    }

    [Fact]
    public async Task Feed_under_many_writers_tells_every_version_in_the_end_and_none_backwards()
    {
        long[] zones = [await AddZoneAsync("a.example."), await AddZoneAsync("b.example."), await AddZoneAsync("c.example.")];
        FeedPosition position = Done(await Feed.StartAsync(Stop));
        Dictionary<long, long> told = zones.ToDictionary(zone => zone, _ => 0L);
        const int versions = 40;

        Task writing = Task.WhenAll(zones.Select(zone => Task.Run(
            async () =>
            {
                for (int version = 0; version < versions; version++)
                    await AppendAsync(zone, version);
            },
            Stop)));
        bool isLast;
        do
        {
            isLast = writing.IsCompleted;
            FeedPage page = Done(await Feed.ReadAsync(position, Stop));
            position = page.Next;
            foreach (ZoneHead head in page.Zones)
            {
                Assert.True(head.Version > told[head.ZoneId], $"zone {head.ZoneId}: {head.Version} after {told[head.ZoneId]}");
                told[head.ZoneId] = head.Version;
            }
        }
        while (!isLast);
        await writing;

        Assert.All(told.Values, version => Assert.Equal(versions, version));
    }

    [Fact]
    public async Task Feed_of_a_long_journal_reads_what_is_new_by_the_index()
    {
        long zone = await AddZoneAsync("one.example.");
        await SqlAsync(
            $"""
            INSERT INTO journal (zone_id, version, serial_to, origin, node, at, commit_id, is_baseline, wire, diff)
            SELECT {zone}, n, n, 'update', 'node-a', now(), gen_random_uuid(), 0, '\x00', 'x' FROM generate_series(1, 50000) n;
            ANALYZE journal
            """);
        FeedPosition position = Done(await Feed.StartAsync(Stop));

        string plan = await SqlAsync("EXPLAIN " + PostgreSqlFeed.Read.Replace("$1", $"'{position.Snapshot}'", StringComparison.Ordinal));

        Assert.Contains("journal_xact", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on journal", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Position_of_a_server_that_was_started_again_means_nothing_any_more()
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        await using PostgreSqlStore store = new(new PostgreSqlStoreOptions(await server.CreateDatabaseAsync()));
        Done(await store.OpenAsync(Stop));
        FeedPosition position = Done(await store.Cluster!.Feed.StartAsync(Stop));
        await server.StopAsync();
        await server.StartAgainAsync();

        // The first answer may be that the connection from before is gone.
        StoreResult<FeedPage> result = await store.Cluster.Feed.ReadAsync(position, Stop);
        if (result.Status == StoreStatus.Unavailable)
            result = await store.Cluster.Feed.ReadAsync(position, Stop);

        Assert.Equal(StoreStatus.NotFound, result.Status);
        position = Done(await store.Cluster.Feed.StartAsync(Stop));
        Assert.Empty(Done(await store.Cluster.Feed.ReadAsync(position, Stop)).Zones);
    }

    [Fact]
    public async Task Revision_of_the_zone_set_grows_with_what_operators_change_and_with_nothing_else()
    {
        long zone = await AddZoneAsync("one.example.");
        ZoneKey key = Key("added.example.");
        await ExpectAsync(0, async () => await AppendAsync(zone, 0));
        await ExpectAsync(1, async () => Done(await _store.AddedZones.PutAsync(new AddedZone(key, "zone {}", Sample.Time), Stop)));
        await ExpectAsync(1, async () => Done(await _store.AddedZones.PutAsync(new AddedZone(key, "zone { };", Sample.Time), Stop)));
        await ExpectAsync(1, async () => Assert.True(Done(await _store.AddedZones.RemoveAsync(key, Stop))));
        await ExpectAsync(0, async () => Assert.False(Done(await _store.AddedZones.RemoveAsync(key, Stop))));
        await ExpectAsync(1, async () => Done(await _store.Zones.SetFrozenAsync(zone, true, Stop)));
        await ExpectAsync(0, async () => Done(await _store.Zones.SetFrozenAsync(zone, true, Stop)));
        await ExpectAsync(1, async () => Done(await _store.Zones.SetFrozenAsync(zone, false, Stop)));
        await ExpectAsync(1, async () => Assert.True(Done(await _store.Zones.RemoveAsync(zone, Stop))));
        await ExpectAsync(0, async () => Assert.False(Done(await _store.Zones.RemoveAsync(zone, Stop))));

        async Task ExpectAsync(long growth, Func<Task> change)
        {
            FeedPosition position = Done(await Feed.StartAsync(Stop));
            StoreRevisions before = Done(await Feed.ReadAsync(position, Stop)).Revisions;
            await change();
            StoreRevisions after = Done(await Feed.ReadAsync(position, Stop)).Revisions;
            Assert.Equal(before with { ZoneSet = before.ZoneSet + growth }, after);
        }
    }

    private IChangeFeed Feed => _store.Cluster!.Feed;

    private static T Done<T>(StoreResult<T> result)
    {
        Assert.True(result.IsDone, result.ToString());
        return result.Value;
    }

    private static IClusterMembers Members(PostgreSqlStore store) => store.Cluster!.Members;

    private static ZoneKey Key(string name) => new(DomainName.Parse(name), RecordClass.In, "_default");

    private MemberReport Report(string node) =>
        new(node, Guid.NewGuid(), MemberState.Serving, ["192.0.2.1#53"], "1.0", _identity.SchemaVersion, 1, 0, IsLagging: false);

    private PostgreSqlStore Connect() => Connect(new PostgreSqlStoreOptions(_connection));

    private PostgreSqlStore Connect(PostgreSqlStoreOptions options)
    {
        PostgreSqlStore store = new(options);
        lock (_opened)
            _opened.Add(store);
        return store;
    }

    private AppendGroup Group(long zone, long version) =>
        new(Guid.NewGuid(), _identity.Epoch, [new ZoneAppend(zone, version, [Sample.Entry((uint)version + 1)])]);

    private string Database => _connection.Split("Database=")[1];

    private Task<string> SqlAsync(string sql) => _server.QueryAsync(Database, sql);

    private async Task<long> AddZoneAsync(string name) => Done(await _store.Zones.GetOrAddAsync(Key(name), Stop)).Head.ZoneId;

    private async Task AppendAsync(long zone, long version)
    {
        Assert.Equal(ZoneOutcomeStatus.Won, Done(await _store.Journal.AppendAsync(Group(zone, version), Stop))[0].Status);
    }

    /// <summary>What an append does, in a transaction that the test commits when it likes.</summary>
    private static async Task InsertAsync(long zone, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await using NpgsqlCommand write = new(
            $"""
            UPDATE zone SET version = 1, serial = 2 WHERE id = {zone};
            INSERT INTO journal (zone_id, version, serial_to, origin, node, at, commit_id, is_baseline, wire, diff)
            VALUES ({zone}, 1, 2, 'update', 'node-b', now(), gen_random_uuid(), 0, '\x00', 'x')
            """,
            connection,
            transaction);
        await write.ExecuteNonQueryAsync(Stop);
    }
}
