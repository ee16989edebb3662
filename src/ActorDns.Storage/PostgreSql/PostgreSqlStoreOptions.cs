namespace ActorDns.Storage.PostgreSql;

/// <summary>Which PostgreSQL keeps the journal, and how long a session waits for it.</summary>
/// <param name="ConnectionString">
/// Npgsql's connection string. Several hosts need <c>Target Session Attributes=primary</c>. A pooler of transactions may stand between.
/// </param>
public sealed record PostgreSqlStoreOptions(string ConnectionString)
{
    /// <summary>
    /// Connection string for the messages between nodes, which must not lead through a pooler of transactions; the other one unless set.
    /// </summary>
    public string? ListenConnectionString { get; init; }

    /// <summary>How long a message sent to oneself may take before the connection that listens is called deaf.</summary>
    public TimeSpan ListenTestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a statement waits for a row that another node writes.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement may take on the server.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the server keeps a transaction, and its locks, whose client has fallen silent.</summary>
    public TimeSpan IdleTransactionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Refusals that are kept.</summary>
    public int RefusalCapacityRows { get; init; } = 10_000;

    /// <summary>
    /// Takes a server whose <c>fsync</c> or <c>full_page_writes</c> is off, with a warning. For trials only: it forgets what it
    /// acknowledged.
    /// </summary>
    public bool AllowUnsafeServer { get; init; }
}
