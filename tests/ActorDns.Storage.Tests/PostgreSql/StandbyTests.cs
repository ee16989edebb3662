using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Testing.Databases;

namespace ActorDns.Storage.Tests.PostgreSql;

/// <summary>A primary with a standby that its commits wait for, one that takes its place, and a backup brought back.</summary>
public sealed class StandbyTests : IAsyncLifetime
{
    private const string CancelWait = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    private const string CountWaiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";

    private readonly List<IAsyncDisposable> _started = [];
    private PostgreSqlServer _primary = null!;
    private string _connection = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => _connection.Split("Database=")[1];

    public async ValueTask InitializeAsync()
    {
        _primary = await PostgreSqlServer.StartAsync();
        _started.Add(_primary);
        _connection = await _primary.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable one in Enumerable.Reverse(_started))
            await one.DisposeAsync();
    }

    [Fact]
    public async Task Everything_acknowledged_before_the_primary_died_is_on_the_standby_that_takes_its_place()
    {
        PostgreSqlServer standby = await StartStandbyAsync();
        PostgreSqlStore store = Connect(PostgreSqlServer.ConnectionString(_primary, standby, Database));
        (StoreIdentity identity, ZoneHead head) = await OpenAsync(store);
        FeedPosition position = Done(await store.Cluster!.Feed.StartAsync(Stop));
        Dictionary<long, Guid> acknowledged = [];
        Task<StoreResult<IReadOnlyList<ZoneOutcome>>>? last = null;
        for (int round = 0; round < 30; round++)
        {
            AppendGroup group = Group(identity, head);
            last = store.Journal.AppendAsync(group, Stop).AsTask();
            head = Done(await last)[0].Head;
            acknowledged.Add(head.Version, group.CommitId);
        }

        AppendGroup inFlight = Group(identity, head);
        last = store.Journal.AppendAsync(inFlight, Stop).AsTask();
        await _primary.StopAsync("immediate");
        StoreResult<IReadOnlyList<ZoneOutcome>> result = await last;
        await standby.PromoteAsync();

        ZoneOutcome found = Done(await UntilAvailableAsync(() => store.Journal.FindCommitAsync(inFlight, Stop)))[0];
        if (result.IsDone)
            acknowledged.Add(head.Version + 1, inFlight.CommitId);
        IReadOnlyList<StoredEntry> entries = Done(await store.Journal.ReadAfterAsync(head.ZoneId, 0, int.MaxValue, long.MaxValue, Stop));
        Assert.All(acknowledged, one => Assert.Equal(one.Value, entries[(int)one.Key - 1].CommitId));
        Assert.Equal(found.Status == ZoneOutcomeStatus.Won, entries.Any(entry => entry.CommitId == inFlight.CommitId));
        Assert.Equal(found.Head.Version, entries.Count);
        Assert.Equal(identity.Epoch, Done(await store.OpenAsync(Stop)).Epoch);
        Assert.Equal(StoreStatus.NotFound, (await store.Cluster.Feed.ReadAsync(position, Stop)).Status);
        Assert.Equal(
            ZoneOutcomeStatus.Won, Done(await store.Journal.AppendAsync(Group(identity, found.Head), Stop))[0].Status);
    }

    [Fact]
    public async Task Commit_whose_wait_for_the_standby_was_cancelled_is_unknown_until_the_standby_has_it()
    {
        PostgreSqlServer standby = await StartStandbyAsync();
        PostgreSqlStore store = Connect(_connection);
        (StoreIdentity identity, ZoneHead head) = await OpenAsync(store);
        await standby.StopAsync();
        AppendGroup group = Group(identity, head);

        Task<StoreResult<IReadOnlyList<ZoneOutcome>>> appending = store.Journal.AppendAsync(group, Stop).AsTask();
        await CancelWaitAsync();
        Assert.Equal(StoreStatus.UnknownOutcome, (await appending).Status);

        // It is found on the primary, which may die and leave the standby to those who ask.
        Task<StoreResult<IReadOnlyList<ZoneOutcome>>> finding = store.Journal.FindCommitAsync(group, Stop).AsTask();
        await CancelWaitAsync();
        Assert.Equal(StoreStatus.Unavailable, (await finding).Status);

        await standby.StartAgainAsync();
        Assert.Equal(ZoneOutcomeStatus.Won, Done(await store.Journal.FindCommitAsync(group, Stop))[0].Status);
        await _primary.StopAsync("immediate");
        await standby.PromoteAsync();
        PostgreSqlStore after = Connect(PostgreSqlServer.ConnectionString(standby.SocketFolder, Database));
        Assert.Equal(ZoneOutcomeStatus.Won, Done(await after.Journal.FindCommitAsync(group, Stop))[0].Status);
    }

    [Fact]
    public async Task Standby_that_missed_a_change_shows_a_node_another_commit_under_its_version()
    {
        PostgreSqlServer standby = await StartStandbyAsync();
        PostgreSqlStore store = Connect(_connection);
        (StoreIdentity identity, ZoneHead head) = await OpenAsync(store);
        await standby.StopAsync();
        AppendGroup missed = Group(identity, head);
        Task<StoreResult<IReadOnlyList<ZoneOutcome>>> appending = store.Journal.AppendAsync(missed, Stop).AsTask();
        await CancelWaitAsync();
        Assert.Equal(StoreStatus.UnknownOutcome, (await appending).Status);
        await _primary.StopAsync("immediate");
        await standby.StartAgainAsync();
        await standby.PromoteAsync();
        PostgreSqlStore after = Connect(PostgreSqlServer.ConnectionString(standby.SocketFolder, Database));
        ZoneHead own = new(head.ZoneId, 1, missed.Zones[0].Entries[0].SerialTo);

        // The store is behind the node: the node's own entry is not there.
        Assert.Equal(ZoneOutcomeStatus.Lost, Done(await after.Journal.FindCommitAsync(missed, Stop))[0].Status);
        Assert.Empty(Done(await after.Journal.ReadAfterAsync(own.ZoneId, own.Version - 1, 1, 1, Stop)));
        ZoneOutcome behind = Done(await after.Journal.AppendAsync(Group(identity, own), Stop))[0];
        Assert.Equal((ZoneOutcomeStatus.Lost, 0L), (behind.Status, behind.Head.Version));

        // Another node goes on there: the versions agree, the commits do not.
        AppendGroup other = Group(identity, head);
        Assert.Equal(ZoneOutcomeStatus.Won, Done(await after.Journal.AppendAsync(other, Stop))[0].Status);
        Assert.Empty(Done(await after.Journal.ReadAfterAsync(own.ZoneId, own.Version, 1, 1, Stop)));
        StoredEntry entry = Done(await after.Journal.ReadAfterAsync(own.ZoneId, own.Version - 1, 1, 1, Stop))[0];
        Assert.Equal((own.Version, other.CommitId), (entry.Version, entry.CommitId));
        Assert.NotEqual(missed.CommitId, entry.CommitId);
    }

    [Fact]
    public async Task Backup_that_was_brought_back_has_the_epoch_and_older_heads_and_takes_nothing_from_a_node_that_is_ahead()
    {
        PostgreSqlStore store = Connect(_connection);
        (StoreIdentity identity, ZoneHead head) = await OpenAsync(store);
        head = Done(await store.Journal.AppendAsync(Group(identity, head), Stop))[0].Head;
        FeedPosition position = Done(await store.Cluster!.Feed.StartAsync(Stop));
        string backup = await _primary.BackUpAsync();
        for (int round = 0; round < 3; round++)
            head = Done(await store.Journal.AppendAsync(Group(identity, head), Stop))[0].Head;

        await _primary.RestoreAsync(backup);

        StoredZone restored = Done(await UntilAvailableAsync(() => store.Zones.FindAsync(head.ZoneId, Stop)));
        Assert.Equal((4L, 1L), (head.Version, restored.Head.Version));
        Assert.Equal(identity.Epoch, Done(await store.OpenAsync(Stop)).Epoch);
        ZoneOutcome outcome = Done(await store.Journal.AppendAsync(Group(identity, head), Stop))[0];
        Assert.Equal((ZoneOutcomeStatus.Lost, 1L), (outcome.Status, outcome.Head.Version));
        Assert.Empty(Done(await store.Journal.ReadAfterAsync(head.ZoneId, head.Version - 1, 1, 1, Stop)));
        Assert.Equal(StoreStatus.NotFound, (await store.Cluster.Feed.ReadAsync(position, Stop)).Status);
    }

    [Fact]
    public async Task Database_that_was_made_anew_has_another_epoch_and_takes_nothing()
    {
        PostgreSqlStore store = Connect(_connection);
        (StoreIdentity identity, ZoneHead head) = await OpenAsync(store);
        await _primary.QueryAsync(Database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        PostgreSqlStore other = Connect(_connection);
        (StoreIdentity made, ZoneHead anew) = await OpenAsync(other);

        StoreResult<IReadOnlyList<ZoneOutcome>> result =
            await UntilAvailableAsync(() => store.Journal.AppendAsync(Group(identity, head), Stop));

        Assert.NotEqual(identity.Epoch, made.Epoch);
        Assert.Equal(StoreStatus.WrongEpoch, result.Status);
        Assert.Equal(0, Done(await other.Zones.FindAsync(anew.ZoneId, Stop)).Head.Version);
    }

    private static T Done<T>(StoreResult<T> result)
    {
        Assert.True(result.IsDone, result.ToString());
        return result.Value;
    }

    /// <summary>Asks again while connections from before are found broken.</summary>
    private static async Task<StoreResult<T>> UntilAvailableAsync<T>(Func<ValueTask<StoreResult<T>>> ask)
    {
        for (int attempt = 1; ; attempt++)
        {
            StoreResult<T> result = await ask();
            if (result.Status != StoreStatus.Unavailable || attempt == 100)
                return result;
        }
    }

    private static AppendGroup Group(StoreIdentity identity, ZoneHead head) => new(
        Guid.NewGuid(), identity.Epoch, [new ZoneAppend(head.ZoneId, head.Version, [Sample.Entry((uint)head.Version + 1)])]);

    private static async Task<(StoreIdentity Identity, ZoneHead Head)> OpenAsync(PostgreSqlStore store)
    {
        StoreIdentity identity = Done(await store.OpenAsync(Stop));
        ZoneKey key = new(DomainName.Parse("one.example."), RecordClass.In, "_default");
        return (identity, Done(await store.Zones.GetOrAddAsync(key, Stop)).Head);
    }

    private async Task<PostgreSqlServer> StartStandbyAsync()
    {
        PostgreSqlServer standby = await _primary.StartStandbyAsync("standby");
        _started.Add(standby);
        await _primary.WaitForStandbyAsync("standby");
        return standby;
    }

    private async Task CancelWaitAsync()
    {
        await _primary.UntilAsync("postgres", CountWaiting, "1");
        await _primary.QueryAsync("postgres", CancelWait);
    }

    private PostgreSqlStore Connect(string connection)
    {
        PostgreSqlStore store = new(new PostgreSqlStoreOptions(connection));
        _started.Add(store);
        return store;
    }
}
