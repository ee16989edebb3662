using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;

namespace ActorDns.Storage.Sqlite;

/// <summary>Journals in one SQLite file: the default, and all that a single node needs.</summary>
public sealed class SqliteStore : IJournalStore
{
    private readonly SqliteStoreOptions _options;
    private readonly SqliteBackend _backend;
    private readonly SqlSweep _sweep;
    private readonly Migrator _migrator;

    /// <summary>A store that <see cref="OpenAsync"/> opens.</summary>
    public SqliteStore(SqliteStoreOptions options, TimeProvider clock)
        : this(options, clock, lastMigration: int.MaxValue)
    {
    }

    internal SqliteStore(SqliteStoreOptions options, TimeProvider clock, int lastMigration)
    {
        _options = options;
        _backend = new SqliteBackend(options, clock);
        _sweep = new SqlSweep(_backend);
        _migrator = new Migrator(_backend, lastMigration);
        Zones = new SqlZoneDirectory(_backend);
        Journal = new SqliteJournal(_backend);
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
    public ICluster? Cluster => null;

    /// <inheritdoc/>
    public async ValueTask<StoreResult<StoreIdentity>> OpenAsync(CancellationToken cancellation)
    {
        StoreResult<int> schema = await _migrator.ApplyAsync(cancellation);
        return schema.IsDone
            ? await _backend.ReadAsync<StoreIdentity>(session => IdentifyAsync(session, schema.Value), cancellation)
            : new StoreResult<StoreIdentity>(schema.Status, $"{_options.Path}: {schema.Message}");
    }

    /// <inheritdoc/>
    public async ValueTask<StoreResult<int>> OpenForReadingAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_options.Path))
            return new StoreResult<int>(StoreStatus.NotFound, $"{_options.Path}: no such file, or its folder may not be searched");
        StoreResult<int> schema = await _migrator.ExamineAsync(cancellation);
        return schema.IsDone ? schema : new StoreResult<int>(schema.Status, $"{_options.Path}: {schema.Message}");
    }

    /// <inheritdoc/>
    public ValueTask<StoreResult<long>> SweepAsync(TimeSpan keepRemovedZones, CancellationToken cancellation) =>
        _sweep.RunAsync(keepRemovedZones, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    private async ValueTask<StoreResult<StoreIdentity>> IdentifyAsync(SqlSession session, int schemaVersion)
    {
        if (_options.CheckOnOpen)
        {
            string? finding = await session.ScalarAsync<string>("PRAGMA quick_check(1)");
            if (finding != "ok")
                return new(StoreStatus.Corrupt, $"{_options.Path}: the file is damaged: {finding}");
        }

        string? epoch = await session.ScalarAsync<string>("SELECT epoch FROM store");
        string? version = await session.ScalarAsync<string>("SELECT sqlite_version()");
        string check = _options.CheckOnOpen ? "content checked" : "content not checked at start";
        return new(new StoreIdentity(
            Guid.Parse(epoch!), schemaVersion, $"SQLite {version}, {_options.Path}, WAL with full sync, {check}", []));
    }
}
