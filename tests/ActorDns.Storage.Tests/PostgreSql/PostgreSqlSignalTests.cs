using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Testing.Databases;

namespace ActorDns.Storage.Tests.PostgreSql;

/// <summary>Messages between nodes over the database.</summary>
public sealed class PostgreSqlSignalTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<PostgreSqlStore> _opened = [];
    private PostgreSqlServer _server = null!;
    private string _connection = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => _connection.Split("Database=")[1];

    public async ValueTask InitializeAsync()
    {
        _server = await fixture.ServerAsync();
        _connection = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (PostgreSqlStore store in _opened)
            await store.DisposeAsync();
    }

    [Fact]
    public async Task Messages_of_one_sender_are_heard_by_all_in_order_and_by_itself()
    {
        PostgreSqlStore sender = Connect(new PostgreSqlStoreOptions(_connection));
        await using Listening own = new(sender);
        await using Listening other = new(Connect(new PostgreSqlStoreOptions(_connection)));
        await own.ReadyAsync();
        await other.ReadyAsync();
        string longest = new('\u00e4', sender.Cluster!.Signals.MaxTextBytes / 2);
        string[] texts = ["", "it's; \"one\"", longest, .. Enumerable.Range(0, 40).Select(number => $"text {number}")];

        // All at once, so that the pool has a connection for each.
        foreach (Task<StoreResult<bool>> sending in texts.Select(text => sender.Cluster.Signals.SendAsync(text, Stop).AsTask()).ToList())
            Assert.True((await sending).IsDone);

        foreach (string text in texts)
        {
            Assert.Equal(text, await own.NextAsync());
            Assert.Equal(text, await other.NextAsync());
        }
    }

    [Fact]
    public async Task Message_that_is_too_long_is_a_mistake_of_the_caller()
    {
        IClusterSignals signals = Connect(new PostgreSqlStoreOptions(_connection)).Cluster!.Signals;

        await Assert.ThrowsAsync<ArgumentException>(async () => await signals.SendAsync(new string('x', signals.MaxTextBytes + 1), Stop));
    }

    [Fact]
    public async Task Connection_that_listens_in_another_database_is_refused()
    {
        string other = await _server.CreateDatabaseAsync();
        await using Listening listening = new(Connect(new PostgreSqlStoreOptions(_connection)
        {
            ListenConnectionString = other,
            ListenTestTimeout = TimeSpan.FromMilliseconds(300),
        }));

        StoreResult<bool> result = await listening.Ended.WaitAsync(Deadline, Stop);

        Assert.Equal(StoreStatus.Refused, result.Status);
        Assert.Contains("do not come back", result.Message, StringComparison.Ordinal);
        Assert.False(listening.IsReady);
    }

    [Fact]
    public async Task Connection_that_is_cut_ends_the_listening_and_another_one_can_begin()
    {
        PostgreSqlStore store = Connect(new PostgreSqlStoreOptions(_connection));
        await using Listening cut = new(store);
        await cut.ReadyAsync();
        string ended = await _server.QueryAsync(
            Database, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query = 'LISTEN actordns' AND datname = current_database()");

        Assert.Equal("1", ended);
        Assert.Equal(StoreStatus.Unavailable, (await cut.Ended.WaitAsync(Deadline, Stop)).Status);
        await using Listening again = new(store);
        await again.ReadyAsync();
        Assert.True((await store.Cluster!.Signals.SendAsync("after", Stop)).IsDone);
        Assert.Equal("after", await again.NextAsync());
    }

    [Fact]
    public async Task Server_that_is_away_is_unavailable_to_those_who_listen_and_send()
    {
        PostgreSqlStore store = Connect(new PostgreSqlStoreOptions("Host=/nonexistent;Username=postgres;Database=none"));
        await using Listening listening = new(store);

        Assert.Equal(StoreStatus.Unavailable, (await listening.Ended.WaitAsync(Deadline, Stop)).Status);
        Assert.Equal(StoreStatus.Unavailable, (await store.Cluster!.Signals.SendAsync("lost", Stop)).Status);
    }

    [Fact]
    public async Task Messages_and_heartbeats_do_not_wait_for_a_standby_as_commits_do()
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        string connection = await server.CreateDatabaseAsync();
        PostgreSqlStore store = Connect(new PostgreSqlStoreOptions(connection));
        Assert.True((await store.OpenAsync(Stop)).IsDone);
        await server.WaitForStandbyAsync("absent");
        Task<StoreResult<Lease>> committing = store.Leases.AcquireAsync("name", "node-a", TimeSpan.FromMinutes(1), Stop).AsTask();
        await server.UntilAsync("postgres", "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'", "1");

        await using Listening listening = new(store);
        await listening.ReadyAsync();
        Assert.True((await store.Cluster!.Signals.SendAsync("quick", Stop)).IsDone);
        Assert.Equal("quick", await listening.NextAsync());
        MemberReport report = new("node-a", Guid.NewGuid(), MemberState.Serving, [], "1.0", 6, 1, 0, IsLagging: false);
        Assert.True((await store.Cluster.Members.HeartbeatAsync(report, TimeSpan.FromMinutes(1), Stop)).IsDone);
        Assert.True((await store.Cluster.Members.LeaveAsync(report.Incarnation, Stop)).IsDone);
        Assert.False(committing.IsCompleted);

        await server.QueryAsync("postgres", "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        Assert.Equal(StoreStatus.UnknownOutcome, (await committing).Status);
    }

    private PostgreSqlStore Connect(PostgreSqlStoreOptions options)
    {
        PostgreSqlStore store = new(options);
        _opened.Add(store);
        return store;
    }
}
