using System.Data.Common;
using System.Globalization;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>A pool of connections to the primary, each set up alike.</summary>
internal sealed class PostgreSqlBackend : SqlBackend
{
    private readonly NpgsqlDataSource _source;

    public PostgreSqlBackend(PostgreSqlStoreOptions options)
    {
        NpgsqlConnectionStringBuilder settings = new(options.ConnectionString)
        {
            ApplicationName = "actordns",
            MaxAutoPrepare = 40,
            AutoPrepareMinUsages = 2,
            CommandTimeout = (int)Math.Ceiling((options.StatementTimeout + TimeSpan.FromSeconds(1)).TotalSeconds),
            Timeout = 5,
            KeepAlive = 10,
            IncludeErrorDetail = false,
        };
        NpgsqlSlimDataSourceBuilder builder = new(settings.ToString());
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        string setUp = SetUp(options);
        builder.UsePhysicalConnectionInitializer(
            connection => Initialize(connection, setUp),
            connection => InitializeAsync(connection, setUp));
        _source = builder.Build();
    }

    public override string Dialect => "PostgreSql";

    public override string PositionFunction => "strpos";

    public override string CountSchemaTable => "SELECT count(to_regclass('schema_version'))";

    public override string? MigrationLock => "SELECT pg_advisory_xact_lock(hashtext('actordns schema'))";

    public override string RowLock => " FOR UPDATE";

    public override object TimeParameter(DateTimeOffset time) => time.UtcDateTime;

    public override DateTimeOffset ReadTime(DbDataReader row, int column) => row.GetFieldValue<DateTime>(column);

    public override object IdParameter(Guid id) => id;

    public override async ValueTask<DateTimeOffset> ReadClockAsync(SqlSession session) =>
        await session.ScalarAsync<DateTime>("SELECT clock_timestamp()");

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    protected override async ValueTask<DbConnection> RentAsync(bool forWriting, CancellationToken cancellation) =>
        await _source.OpenConnectionAsync(cancellation);

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
    private static string SetUp(PostgreSqlStoreOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        SET lock_timeout = {(long)options.LockTimeout.TotalMilliseconds};
        SET statement_timeout = {(long)options.StatementTimeout.TotalMilliseconds};
        SET idle_in_transaction_session_timeout = {(long)options.IdleTransactionTimeout.TotalMilliseconds};
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
        """);

    private static void Initialize(NpgsqlConnection connection, string setUp)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = setUp;
        command.ExecuteNonQuery();
    }

    private static async Task InitializeAsync(NpgsqlConnection connection, string setUp)
    {
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = setUp;
        await command.ExecuteNonQueryAsync();
    }
}
