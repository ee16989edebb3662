using System.Data.Common;
using System.Globalization;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>
/// A pool of connections to the primary, each set up alike. Where a pooler of transactions (PgBouncer) stands between, a session may be on
/// another connection of the server with each transaction: nothing is prepared then, and each transaction is set up by itself.
/// </summary>
internal sealed class PostgreSqlBackend : SqlBackend
{
    /// <summary>A member that was not seen for so long does not hold up a migration.</summary>
    private static readonly TimeSpan MigrationWaitsFor = TimeSpan.FromMinutes(1);

    private readonly NpgsqlDataSource _direct;
    private readonly NpgsqlDataSource _pooled;
    private readonly string _setUp;
    private readonly string _setUpTransaction;
    private volatile bool _isPooled;

    public PostgreSqlBackend(PostgreSqlStoreOptions options)
    {
        _setUp = SetUp(options, isLocal: false);
        _setUpTransaction = SetUp(options, isLocal: true);
        NpgsqlConnectionStringBuilder settings = PostgreSqlConnections.Settings(options, options.ConnectionString);
        _pooled = PostgreSqlConnections.Builder(settings).Build();
        settings.MaxAutoPrepare = 40;
        settings.AutoPrepareMinUsages = 2;
        NpgsqlSlimDataSourceBuilder direct = PostgreSqlConnections.Builder(settings);
        direct.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
        _direct = direct.Build();
    }

    /// <summary>True once a connection turned out not to be one of the server's own.</summary>
    public bool IsPooled => _isPooled;

    public override string Dialect => "PostgreSql";

    public override string PositionFunction => "strpos";

    public override string CountSchemaTable => "SELECT count(to_regclass('schema_version'))";

    public override string? MigrationLock => "SELECT pg_advisory_xact_lock(hashtext('actordns schema'))";

    public override string RowLock => " FOR UPDATE";

    public override string SkipLocked => " FOR UPDATE SKIP LOCKED";

    public override string RequestRow => "keep_until, key_name, mac";

    public override bool IsShared => true;

    public override async ValueTask<string?> FindOlderMemberAsync(SqlSession session, int schemaVersion)
    {
        if (await session.ScalarAsync<long>("SELECT count(to_regclass('node'))") == 0)
            return null;
        return await session.ScalarAsync<string>(
            """
            SELECT name || ' (version ' || program || ', which knows schema version ' || schema_version || ')' FROM node
            WHERE schema_version < @needed AND state <> 'left' AND seen_at > @since ORDER BY name LIMIT 1
            """,
            ("needed", schemaVersion),
            ("since", await session.ReadClockAsync() - MigrationWaitsFor));
    }

    /// <remarks>
    /// A transaction that writes a record to the log, and nothing else, waits for it as any other does. Standbys get the log in its order.
    /// </remarks>
    public override async ValueTask<StoreResult<bool>> SettleAsync(CancellationToken cancellation)
    {
        StoreResult<bool> settled = await WriteAsync<bool>(
            async session =>
            {
                await session.ExecuteAsync("SELECT pg_logical_emit_message(true, 'actordns', '')");
                return new(true);
            },
            cancellation);
        return settled.Status == StoreStatus.UnknownOutcome ? new(StoreStatus.Unavailable, settled.Message) : settled;
    }

    public override object TimeParameter(DateTimeOffset time) => time.UtcDateTime;

    public override DateTimeOffset ReadTime(DbDataReader row, int column) => row.GetFieldValue<DateTime>(column);

    public override object IdParameter(Guid id) => id;

    public override async ValueTask<DateTimeOffset> ReadClockAsync(SqlSession session) =>
        await session.ScalarAsync<DateTime>("SELECT clock_timestamp()");

    public override async ValueTask DisposeAsync()
    {
        await _direct.DisposeAsync();
        await _pooled.DisposeAsync();
    }

    protected override async ValueTask<DbConnection> RentAsync(bool forWriting, CancellationToken cancellation)
    {
        if (!_isPooled)
        {
            NpgsqlConnection connection = await _direct.OpenConnectionAsync(cancellation);
            if (!_isPooled)
                return connection;
            await connection.DisposeAsync();
        }

        return await _pooled.OpenConnectionAsync(cancellation);
    }

    protected override async ValueTask BeginAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation)
    {
        if (!_isPooled)
            return;
        await using NpgsqlCommand command = new(_setUpTransaction, (NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    protected override ValueTask ReturnAsync(DbConnection connection, bool forWriting, bool isSound) => connection.DisposeAsync();

    /// <remarks>
    /// A warning during COMMIT says that the wait for a synchronous standby was cut short: the change is on this server and
    /// perhaps on no other.
    /// </remarks>
    protected override async ValueTask<string?> CommitAsync(DbConnection connection, DbTransaction transaction)
    {
        NpgsqlConnection session = (NpgsqlConnection)connection;
        string? doubt = null;
        session.Notice += Heed;
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
            return doubt;
        }
        finally
        {
            session.Notice -= Heed;
        }

        void Heed(object sender, NpgsqlNoticeEventArgs told)
        {
            if (told.Notice.InvariantSeverity == "WARNING")
                doubt = $"{told.Notice.SqlState}: {told.Notice.MessageText}";
        }
    }

    protected override StoreFailure Classify(DbException error, bool isCommitting) =>
        PostgreSqlErrors.Classify((NpgsqlException)error, isCommitting);

    /// <summary>
    /// A synchronous_commit that waits for less than this server's disk is raised; one that waits for more stays.
    /// </summary>
    private static string SetUp(PostgreSqlStoreOptions options, bool isLocal)
    {
        string local = isLocal ? "true" : "false";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT set_config('lock_timeout', '{(long)options.LockTimeout.TotalMilliseconds}', {local}),
                set_config('statement_timeout', '{(long)options.StatementTimeout.TotalMilliseconds}', {local}),
                set_config('idle_in_transaction_session_timeout', '{(long)options.IdleTransactionTimeout.TotalMilliseconds}', {local}),
                CASE WHEN current_setting('synchronous_commit') IN ('off', 'local')
                    THEN set_config('synchronous_commit', 'on', {local}) END
            """);
    }

    private void Initialize(NpgsqlConnection connection)
    {
        using NpgsqlCommand who = new(PostgreSqlConnections.BackendId, connection);
        if (!IsOwnConnection(connection, who.ExecuteScalar()))
            return;
        using NpgsqlCommand command = new(_setUp, connection);
        command.ExecuteNonQuery();
    }

    private async Task InitializeAsync(NpgsqlConnection connection)
    {
        await using NpgsqlCommand who = new(PostgreSqlConnections.BackendId, connection);
        if (!IsOwnConnection(connection, await who.ExecuteScalarAsync()))
            return;
        await using NpgsqlCommand command = new(_setUp, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A pooler gives its clients numbers of its own to cancel by; a setting made through one would stay for others.</summary>
    private bool IsOwnConnection(NpgsqlConnection connection, object? backendId)
    {
        bool isOwn = backendId is int id && id == connection.ProcessID;
        if (!isOwn)
            _isPooled = true;
        return isOwn;
    }
}
