using ActorDns.Actors.Journal;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>The node's store and its journal writer.</summary>
internal sealed class NodeJournal : IAsyncDisposable
{
    private readonly FileStream? _lock;

    private NodeJournal(JournalServices services, FileStream? file)
    {
        Services = services;
        _lock = file;
    }

    /// <summary>What zones are given.</summary>
    public JournalServices Services { get; }

    /// <summary>
    /// Makes the journal and tries to open it; what fails is said, and tried again when it is needed. Null when another process has the
    /// file: two writers of one file would be two primaries that do not know each other.
    /// </summary>
    public static async Task<NodeJournal?> StartAsync(
        ActorSystem system, NodeSettings settings, string directory, ILogger log, CancellationToken ct)
    {
        FileStream? file = null;
        bool mayHoldContent = true;
        IJournalStore store;
        if (settings.PostgreSqlConnectionString is { } connection)
        {
            store = new PostgreSqlStore(new PostgreSqlStoreOptions(connection));
        }
        else
        {
            string path = settings.StoreFile(directory);
            if (!TryLock(path, log, out file))
                return null;
            mayHoldContent = File.Exists(path);
            store = new SqliteStore(new SqliteStoreOptions(path), system.Clock);
        }

        OpenedStore opened = new(store, system.Clock);
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ct);
        if (identity.IsDone)
        {
            Log.JournalOpened(log, identity.Value.Description);
            foreach (string warning in identity.Value.Warnings)
                Log.JournalWarning(log, warning);
        }
        else
        {
            Log.JournalNotOpened(log, identity.Status.ToString(), identity.Message);
        }

        ActorRef<JournalCommand> writer = system.Spawn("journal", () => new JournalWriter(opened, log));
        return new NodeJournal(new JournalServices(opened, writer, settings.Node, mayHoldContent), file);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Services.Opened.DisposeAsync();
        if (_lock is not null)
            await _lock.DisposeAsync();
    }

    private static bool TryLock(string path, ILogger log, out FileStream? file)
    {
        file = null;
        try
        {
            file = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.JournalLocked(log, path, failure.Message);
            return false;
        }
    }
}
