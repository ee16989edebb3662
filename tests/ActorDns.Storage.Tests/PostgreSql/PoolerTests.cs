using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Testing.Databases;

namespace ActorDns.Storage.Tests.PostgreSql;

/// <summary>PgBouncer between the nodes and the server.</summary>
public sealed class PoolerTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<IAsyncDisposable> _started = [];
    private PostgreSqlServer _server = null!;
    private string _direct = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => _direct.Split("Database=")[1];

    public async ValueTask InitializeAsync()
    {
        _server = await fixture.ServerAsync();
        _direct = await _server.CreateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable one in Enumerable.Reverse(_started))
            await one.DisposeAsync();
    }

    [Fact]
    public async Task Writers_through_a_pooler_of_transactions_make_one_line_of_serials()
    {
        string pooled = await StartPoolerAsync(connections: 2);
        const int stores = 4, groups = 15;

        // Statements that were prepared on one connection of the server would be missing, or others, on the next.
        await Task.WhenAll(Enumerable.Range(0, stores).Select(_ => Task.Run(
            async () =>
            {
                PostgreSqlStore store = Connect(new PostgreSqlStoreOptions(pooled));
                StoreIdentity identity = Done(await store.OpenAsync(Stop));
                Assert.EndsWith("through a pooler", identity.Description, StringComparison.Ordinal);
                ZoneHead head = Done(await store.Zones.GetOrAddAsync(Zone, Stop)).Head;
                for (int won = 0; won < groups;)
                {
                    ZoneAppend append = new(head.ZoneId, head.Version, [Sample.Entry((uint)head.Version + 1)]);
                    ZoneOutcome outcome = Done(
                        await store.Journal.AppendAsync(new AppendGroup(Guid.NewGuid(), identity.Epoch, [append]), Stop))[0];
                    head = outcome.Head;
                    won += outcome.Status == ZoneOutcomeStatus.Won ? 1 : 0;
                }
            },
            Stop)));

        Assert.Equal(
            $"{stores * groups}|{stores * groups}|{stores * groups}",
            await _server.QueryAsync(Database, "SELECT count(*), count(DISTINCT serial_from), max(version) FROM journal"));
    }

    [Fact]
    public async Task Each_transaction_through_a_pooler_is_set_up_and_leaves_nothing_behind()
    {
        await _server.QueryAsync("postgres", $"ALTER DATABASE {Database} SET synchronous_commit = off");
        string pooled = await StartPoolerAsync(connections: 1);
        PostgreSqlStore store = Connect(new PostgreSqlStoreOptions(pooled) { LockTimeout = TimeSpan.FromMilliseconds(1_234) });
        StoreIdentity identity = Done(await store.OpenAsync(Stop));
        await _server.QueryAsync(
            Database,
            """
            CREATE TABLE seen (settings text);
            CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO seen VALUES (current_setting('lock_timeout') || ' ' || current_setting('synchronous_commit'));
                RETURN NEW;
            END $$;
            CREATE TRIGGER see BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION see()
            """);
        long zone = Done(await store.Zones.GetOrAddAsync(Zone, Stop)).Head.ZoneId;

        AppendGroup group = new(Guid.NewGuid(), identity.Epoch, [new ZoneAppend(zone, 0, [Sample.Entry(1)])]);
        Assert.Equal(ZoneOutcomeStatus.Won, Done(await store.Journal.AppendAsync(group, Stop))[0].Status);

        Assert.Equal("1234ms on", await _server.QueryAsync(Database, "SELECT settings FROM seen"));
        PostgreSqlStore other = Connect(new PostgreSqlStoreOptions(_direct));
        Assert.Contains("synchronous_commit on, through a pooler", identity.Description, StringComparison.Ordinal);
        Assert.DoesNotContain("pooler", Done(await other.OpenAsync(Stop)).Description, StringComparison.Ordinal);
        using Npgsql.NpgsqlDataSource plain = Npgsql.NpgsqlDataSource.Create(pooled + ";No Reset On Close=true");
        await using Npgsql.NpgsqlCommand left = plain.CreateCommand(
            "SELECT current_setting('lock_timeout') || ' ' || current_setting('synchronous_commit')");
        Assert.Equal("0 off", await left.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task Node_that_writes_through_a_pooler_and_listens_past_it_hears_messages()
    {
        string pooled = await StartPoolerAsync(connections: 2);
        PostgreSqlStore store = Connect(new PostgreSqlStoreOptions(pooled) { ListenConnectionString = _direct });
        Done(await store.OpenAsync(Stop));
        MemberReport report = new("node-a", Guid.NewGuid(), MemberState.Serving, [], "1.0", 6, 1, 0, IsLagging: false);

        await using Listening listening = new(store);
        await listening.ReadyAsync();
        for (int number = 0; number < 5; number++)
        {
            Done(await store.Cluster!.Members.HeartbeatAsync(report, TimeSpan.FromMinutes(1), Stop));
            Done(await store.Cluster.Signals.SendAsync($"text {number}", Stop));
            Assert.Equal($"text {number}", await listening.NextAsync());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Listening_through_a_pooler_of_transactions_is_refused_and_says_what_to_set(int connections)
    {
        string pooled = await StartPoolerAsync(connections);
        PostgreSqlStore store = Connect(new PostgreSqlStoreOptions(pooled) { ListenTestTimeout = TimeSpan.FromSeconds(1) });
        Done(await store.OpenAsync(Stop));
        await using Listening listening = new(store);

        StoreResult<bool> result = await listening.Ended.WaitAsync(Deadline, Stop);

        Assert.Equal(StoreStatus.Refused, result.Status);
        Assert.Contains("a pooler of transactions (PgBouncer) stands between", result.Message, StringComparison.Ordinal);
        Assert.Contains("Set Store:ListenConnectionString", result.Message, StringComparison.Ordinal);
        Assert.False(listening.IsReady);
    }

    [Fact]
    public async Task Pooler_of_sessions_passes_messages_on()
    {
        string pooled = await StartPoolerAsync(connections: 3, "session");
        PostgreSqlStore store = Connect(new PostgreSqlStoreOptions(pooled));
        Done(await store.OpenAsync(Stop));
        await using Listening listening = new(store);
        await listening.ReadyAsync();

        Done(await store.Cluster!.Signals.SendAsync("heard", Stop));

        Assert.Equal("heard", await listening.NextAsync());
    }

    private static ZoneKey Zone => new(DomainName.Parse("one.example."), RecordClass.In, "_default");

    private static T Done<T>(StoreResult<T> result)
    {
        Assert.True(result.IsDone, result.ToString());
        return result.Value;
    }

    private async Task<string> StartPoolerAsync(int connections, string mode = "transaction")
    {
        PgBouncer pooler = await PgBouncer.StartAsync(_server, connections, mode);
        _started.Add(pooler);
        return pooler.ConnectionString(Database);
    }

    private PostgreSqlStore Connect(PostgreSqlStoreOptions options)
    {
        PostgreSqlStore store = new(options);
        lock (_started)
            _started.Add(store);
        return store;
    }
}
