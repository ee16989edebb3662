using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>What all connections to the server have in common.</summary>
internal static class PostgreSqlConnections
{
    /// <summary>Asks for the number of the server's process.</summary>
    public const string BackendId = "SELECT pg_backend_pid()";

    /// <summary>
    /// Nothing is reset when a connection goes back to the pool: the reset would undo what it was set up with, and nobody sets anything
    /// else for longer than a transaction.
    /// </summary>
    public static NpgsqlConnectionStringBuilder Settings(PostgreSqlStoreOptions options, string connection) => new(connection)
    {
        ApplicationName = "actordns",
        MaxAutoPrepare = 0,
        CommandTimeout = (int)Math.Ceiling((options.StatementTimeout + TimeSpan.FromSeconds(1)).TotalSeconds),
        Timeout = 5,
        KeepAlive = 10,
        IncludeErrorDetail = false,
        NoResetOnClose = true,
    };

    public static NpgsqlSlimDataSourceBuilder Builder(NpgsqlConnectionStringBuilder settings)
    {
        NpgsqlSlimDataSourceBuilder builder = new(settings.ToString());
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder;
    }
}
