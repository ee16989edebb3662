using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.PostgreSql;

/// <summary>What the nodes of one database know of each other.</summary>
internal sealed class PostgreSqlCluster(PostgreSqlBackend backend, PostgreSqlStoreOptions options) : ICluster, IDisposable
{
    private readonly PostgreSqlSignals _signals = new(backend, options);

    public IClusterMembers Members { get; } = new PostgreSqlMembers(backend);

    public IChangeFeed Feed { get; } = new PostgreSqlFeed(backend);

    public IClusterSignals Signals => _signals;

    public void Dispose() => _signals.Dispose();
}
