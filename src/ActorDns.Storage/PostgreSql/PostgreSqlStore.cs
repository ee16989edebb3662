using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>Journals in a PostgreSQL database (version 15 or later) that the nodes of a cluster share.</summary>
public sealed class PostgreSqlStore : IJournalStore
{
    private readonly PostgreSqlStoreOptions _options;
    private readonly PostgreSqlBackend _backend;
    private readonly PostgreSqlCluster _cluster;
    private readonly SqlSweep _sweep;
    private readonly Migrator _migrator;

    /// <summary>A store that <see cref="OpenAsync"/> opens.</summary>
    public PostgreSqlStore(PostgreSqlStoreOptions options)
        : this(options, lastMigration: int.MaxValue)
    {
    }

    internal PostgreSqlStore(PostgreSqlStoreOptions options, int lastMigration)
    {
        _options = options;
        _backend = new PostgreSqlBackend(options);
        _cluster = new PostgreSqlCluster(_backend, options);
        _sweep = new SqlSweep(_backend);
        _migrator = new Migrator(_backend, lastMigration);
        Zones = new SqlZoneDirectory(_backend);
        Journal = new PostgreSqlJournal(_backend);
        Checkpoints = new SqlCheckpoints(_backend);
        AddedZones = new SqlAddedZones(_backend);
        Refusals = new SqlRefusals(_backend, options.RefusalCapacityRows);
        Keys = new SqlKeys(_backend);
        Leases = new SqlLeases(_backend);
    }

    /// <inheritdoc/>
    public IZoneDirectory Zones { get; }

    /// <inheritdoc/>
    public IJournal Journal { get; }

    /// <inheritdoc/>
    public ICheckpoints Checkpoints { get; }

    /// <inheritdoc/>
    public IAddedZones AddedZones { get; }

    /// <inheritdoc/>
    public IRefusals Refusals { get; }

    /// <inheritdoc/>
    public IKeys Keys { get; }

    /// <inheritdoc/>
    public ILeases Leases { get; }

    /// <inheritdoc/>
    public ICluster? Cluster => _cluster;

    /// <inheritdoc/>
    public async ValueTask<StoreResult<StoreIdentity>> OpenAsync(CancellationToken cancellation)
    {
        StoreResult<StoreIdentity> server = await _backend.LookAsync<StoreIdentity>(ExamineAsync, cancellation);
        if (!server.IsDone)
            return server;
        StoreResult<int> schema = await _migrator.ApplyAsync(cancellation);
        if (!schema.IsDone)
            return new StoreResult<StoreIdentity>(schema.Status, schema.Message);
        return await _backend.ReadAsync<StoreIdentity>(
            async session => new(server.Value with
            {
                Epoch = await session.ScalarAsync<Guid>("SELECT epoch FROM store"),
                SchemaVersion = schema.Value,
            }),
            cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<StoreResult<int>> OpenForReadingAsync(CancellationToken cancellation) => _migrator.ExamineAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask<StoreResult<long>> SweepAsync(TimeSpan keepRemovedZones, CancellationToken cancellation) =>
        _sweep.RunAsync(keepRemovedZones, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        return _backend.DisposeAsync();
    }

    /// <summary>Looks at what a commit is worth on this server, before anything is written to it.</summary>
    private async ValueTask<StoreResult<StoreIdentity>> ExamineAsync(SqlSession session)
    {
        List<(string Name, string Value)> settings = await session.ListAsync(
            """
            SELECT name, setting FROM pg_settings
            WHERE name IN ('server_version', 'server_version_num', 'fsync', 'full_page_writes', 'synchronous_commit')
            """,
            row => (row.GetString(0), row.GetString(1)));
        Dictionary<string, string> server = settings.ToDictionary(one => one.Name, one => one.Value);
        string configured = await session.ScalarAsync<string>(
            "SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit'") ?? "";
        if (int.Parse(server["server_version_num"], null) < 150_000)
            return new(StoreStatus.Refused, $"PostgreSQL {server["server_version"]} is too old: version 15 or later is needed");
        List<string> warnings = [];
        foreach (string name in (string[])["fsync", "full_page_writes"])
        {
            if (server[name] != "off")
                continue;
            string words = $"PostgreSQL has {name} = off and forgets acknowledged changes when it or its machine stops suddenly";
            if (!_options.AllowUnsafeServer)
                return new(StoreStatus.Refused, $"{words}: set it to on");
            warnings.Add(words);
        }

        if (configured is "off" or "local")
        {
            warnings.Add(
                $"PostgreSQL has synchronous_commit = {configured}; the sessions of this program run with {server["synchronous_commit"]}");
        }

        string pooled = _backend.IsPooled ? ", through a pooler" : "";
        string description =
            $"PostgreSQL {server["server_version"]}, fsync {server["fsync"]}, synchronous_commit {server["synchronous_commit"]}{pooled}";
        return new(new StoreIdentity(Guid.Empty, 0, description, warnings));
    }
}
