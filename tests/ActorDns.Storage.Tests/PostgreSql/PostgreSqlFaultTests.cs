using System.Globalization;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Testing.Databases;
using Npgsql;

namespace ActorDns.Storage.Tests.PostgreSql;

/// <summary>What goes wrong between a node and its server.</summary>
public sealed class PostgreSqlFaultTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private PostgreSqlServer _server = null!;
    private string _connection = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => _connection.Split("Database=")[1];

    public async ValueTask InitializeAsync()
    {
        _server = await fixture.ServerAsync();
        _connection = await _server.CreateDatabaseAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(CommitCut.BeforeClient, ZoneOutcomeStatus.Won, 1)]
    [InlineData(CommitCut.BeforeServer, ZoneOutcomeStatus.Lost, 0)]
    public async Task Commit_whose_answer_is_lost_is_unknown_until_it_is_found_or_not(
        CommitCut cut, ZoneOutcomeStatus expected, long version)
    {
        await using CommitCutter between = new(_server.SocketFolder);
        await using PostgreSqlStore store = new(
            new PostgreSqlStoreOptions(PostgreSqlServer.ConnectionString(between.SocketFolder, Database)));
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        AppendGroup group = Group(identity, zone, 0);
        between.Next = cut;

        StoreResult<IReadOnlyList<ZoneOutcome>> result = await store.Journal.AppendAsync(group, Stop);

        Assert.Equal(1, between.Cuts);
        Assert.True(result.Status == StoreStatus.UnknownOutcome, result.ToString());
        ZoneOutcome found = (await store.Journal.FindCommitAsync(group, Stop)).Value![0];
        Assert.Equal((expected, version), (found.Status, found.Head.Version));
        Assert.Equal(version, (await store.Zones.FindAsync(zone, Stop)).Value!.Head.Version);
        Assert.Equal(ZoneOutcomeStatus.Won, (await store.Journal.AppendAsync(Group(identity, zone, version), Stop)).Value![0].Status);
    }

    [Fact]
    public async Task Commit_that_is_still_at_work_is_waited_for()
    {
        await using PostgreSqlStore store = new(new PostgreSqlStoreOptions(_connection));
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        AppendGroup group = Group(identity, zone, 0);
        await using NpgsqlConnection slow = new(_connection);
        await slow.OpenAsync(Stop);
        await using NpgsqlTransaction theirs = await slow.BeginTransactionAsync(Stop);
        await using NpgsqlCommand write = new(
            $"""
            UPDATE zone SET version = 1, serial = 2 WHERE id = {zone};
            INSERT INTO commit_log VALUES ('{group.CommitId}', {zone}, 1, 2, now())
            """,
            slow,
            theirs);
        await write.ExecuteNonQueryAsync(Stop);

        Task<StoreResult<IReadOnlyList<ZoneOutcome>>> finding = store.Journal.FindCommitAsync(group, Stop).AsTask();
        await _server.UntilAsync(Database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()", "1");
        Assert.False(finding.IsCompleted);
        await theirs.CommitAsync(Stop);

        Assert.Equal(ZoneOutcomeStatus.Won, (await finding).Value![0].Status);
    }

    [Fact]
    public async Task Head_that_another_session_holds_is_unavailable_after_the_lock_timeout()
    {
        await using PostgreSqlStore store = new(
            new PostgreSqlStoreOptions(_connection) { LockTimeout = TimeSpan.FromMilliseconds(100) });
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        await using NpgsqlConnection other = new(_connection);
        await other.OpenAsync(Stop);
        await using (NpgsqlTransaction theirs = await other.BeginTransactionAsync(Stop))
        {
            await using NpgsqlCommand hold = new("SELECT id FROM zone FOR UPDATE", other, theirs);
            await hold.ExecuteNonQueryAsync(Stop);

            StoreResult<IReadOnlyList<ZoneOutcome>> result = await store.Journal.AppendAsync(Group(identity, zone, 0), Stop);
            Assert.Equal(StoreStatus.Unavailable, result.Status);
        }

        Assert.True((await store.Journal.AppendAsync(Group(identity, zone, 0), Stop)).IsDone);
    }

    [Fact]
    public async Task Server_that_was_stopped_is_unavailable_and_is_used_again_when_it_is_back()
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        await using PostgreSqlStore store = new(new PostgreSqlStoreOptions(await server.CreateDatabaseAsync()));
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        Assert.True((await store.Journal.AppendAsync(Group(identity, zone, 0), Stop)).IsDone);

        await server.StopAsync();
        Assert.Equal(StoreStatus.Unavailable, (await store.Journal.AppendAsync(Group(identity, zone, 1), Stop)).Status);
        Assert.Equal(StoreStatus.Unavailable, (await store.Journal.FindCommitAsync(Group(identity, zone, 1), Stop)).Status);
        Assert.Equal(StoreStatus.Unavailable, (await store.Zones.ListAsync(Stop)).Status);
        await server.StartAgainAsync();

        Assert.Equal(2, (await store.Journal.AppendAsync(Group(identity, zone, 1), Stop)).Value![0].Head.Version);
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    public async Task Server_that_forgets_what_it_acknowledged_is_refused_or_warned_about(string setting)
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync($"{setting}=off");
        string connection = await server.CreateDatabaseAsync();
        await using PostgreSqlStore strict = new(new PostgreSqlStoreOptions(connection));
        await using PostgreSqlStore trial = new(new PostgreSqlStoreOptions(connection) { AllowUnsafeServer = true });

        StoreResult<StoreIdentity> refused = await strict.OpenAsync(Stop);
        StoreResult<StoreIdentity> taken = await trial.OpenAsync(Stop);

        Assert.Equal(StoreStatus.Refused, refused.Status);
        Assert.Contains($"{setting} = off", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{setting} = off", Assert.Single(taken.Value!.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("off", "on", 1)]
    [InlineData("local", "on", 1)]
    [InlineData("remote_apply", "remote_apply", 0)]
    public async Task Commits_wait_for_the_disk_whatever_the_database_says_and_go_on_to(string configured, string used, int warnings)
    {
        await _server.QueryAsync("postgres", $"ALTER DATABASE {Database} SET synchronous_commit = {configured}");
        await using PostgreSqlStore store = new(new PostgreSqlStoreOptions(_connection));

        StoreIdentity identity = (await OpenAsync(store)).Identity;

        Assert.Contains($"synchronous_commit {used}", identity.Description, StringComparison.Ordinal);
        Assert.Equal(warnings, identity.Warnings.Count);
        Assert.Equal(identity.Description, (await OpenAsync(store)).Identity.Description);
    }

    [Fact]
    public async Task Entries_carry_the_transaction_that_the_feed_is_ordered_by()
    {
        await using PostgreSqlStore store = new(new PostgreSqlStoreOptions(_connection));
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        await using NpgsqlConnection open = new(_connection);
        await open.OpenAsync(Stop);
        await using NpgsqlTransaction early = await open.BeginTransactionAsync(Stop);
        await using NpgsqlCommand take = new("SELECT pg_current_xact_id()::text::bigint", open, early);
        long first = (long)(await take.ExecuteScalarAsync(Stop))!;
        Assert.True((await store.Journal.AppendAsync(Group(identity, zone, 0), Stop)).IsDone);
        const string visible = "SELECT count(*) FROM journal WHERE xact < pg_snapshot_xmin(pg_current_snapshot())";

        long written = long.Parse(await _server.QueryAsync(Database, "SELECT xact FROM journal"), CultureInfo.InvariantCulture);
        string during = await _server.QueryAsync(Database, visible);
        await early.RollbackAsync(Stop);

        Assert.True(written > first);
        Assert.Equal("0", during);
        await _server.UntilAsync(Database, visible, "1");
    }

    [Theory]
    [InlineData("53100", false, StoreStatus.DiskFull)]
    [InlineData("53300", false, StoreStatus.Unavailable)]
    [InlineData("55P03", false, StoreStatus.Unavailable)]
    [InlineData("57014", false, StoreStatus.Unavailable)]
    [InlineData("57P01", false, StoreStatus.Unavailable)]
    [InlineData("40P01", false, StoreStatus.Unavailable)]
    [InlineData("25006", false, StoreStatus.Unavailable)]
    [InlineData("23505", false, StoreStatus.Corrupt)]
    [InlineData("XX001", false, StoreStatus.Corrupt)]
    [InlineData("28P01", false, StoreStatus.Refused)]
    [InlineData("42501", false, StoreStatus.Refused)]
    [InlineData("40001", true, StoreStatus.Unavailable)]
    [InlineData("40003", true, StoreStatus.UnknownOutcome)]
    [InlineData("57P01", true, StoreStatus.UnknownOutcome)]
    [InlineData("57014", true, StoreStatus.UnknownOutcome)]
    [InlineData("58030", true, StoreStatus.UnknownOutcome)]
    public void Sqlstate_has_one_meaning(string state, bool isCommitting, StoreStatus expected) =>
        Assert.Equal(expected, PostgreSqlErrors.StatusOf(state, isCommitting));

    private static ZoneKey Zone(string name) => new(DomainName.Parse(name), RecordClass.In, "_default");

    private static ZoneAppend Append(long zone, long version) => new(zone, version, [Sample.Entry((uint)version + 1)]);

    private static AppendGroup Group(StoreIdentity identity, long zone, long version) =>
        new(Guid.NewGuid(), identity.Epoch, [Append(zone, version)]);

    private static async Task<(StoreIdentity Identity, long Zone)> OpenAsync(PostgreSqlStore store)
    {
        StoreResult<StoreIdentity> opened = await store.OpenAsync(Stop);
        Assert.True(opened.IsDone, opened.ToString());
        return (opened.Value, (await store.Zones.GetOrAddAsync(Zone("one.example."), Stop)).Value!.Head.ZoneId);
    }
}
