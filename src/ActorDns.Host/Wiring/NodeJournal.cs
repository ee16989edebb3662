using ActorDns.Actors;
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

    private NodeJournal(
        JournalServices services, JournalHealth health, RetentionPolicy retention, RefusalLog refusals, FileStream? file)
    {
        Services = services;
        Health = health;
        Retention = retention;
        Refusals = refusals;
        _lock = file;
    }

    /// <summary>What zones are given.</summary>
    public JournalServices Services { get; }

    /// <summary>Whether it can be written.</summary>
    public JournalHealth Health { get; }

    /// <summary>How much of every zone's journal is kept.</summary>
    public RetentionPolicy Retention { get; }

    /// <summary>This node among the others of its store; null when the store serves one node only.</summary>
    public ClusterNode? Cluster { get; init; }

    /// <summary>What was refused.</summary>
    public RefusalLog Refusals { get; }

    /// <summary>
    /// Makes the journal and tries to open it; what fails is said, and tried again when it is needed. Null when another process has the
    /// file: two writers of one file would be two primaries that do not know each other.
    /// </summary>
    public static async Task<NodeJournal?> StartAsync(
        ActorSystem system, NodeSettings settings, string directory, ActorsMetrics metrics, ILogger log, CancellationToken ct)
    {
        FileStream? file = null;
        bool mayHoldContent = true;
        IJournalStore store;
        if (settings.PostgreSqlConnectionString is { } connection)
        {
            store = new PostgreSqlStore(new PostgreSqlStoreOptions(connection)
            {
                ListenConnectionString = settings.PostgreSqlListenConnectionString,
            });
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

        JournalHealth health = new(system.Clock);
        health.End(identity.Status, identity.Message);
        ClusterNode? cluster = store.Cluster is null ? null : new ClusterNode(system, opened, settings, log);
        StoreContact contact = cluster?.Actors.Contact ?? new StoreContact();
        GroupCommits commits = new(opened, system.Clock, log)
        {
            Contact = contact,
            Groups = cluster?.Actors.Groups,
            Health = health,
            Metrics = metrics,
        };
        ActorRef<JournalCommand> writer = system.Spawn(
            "journal",
            new Props<JournalCommand>(() => new JournalWriter(commits))
            {
                MailboxCapacityMessages = 1 << 20, // Each zone has one append under way at most, and at start all have one.
            });
        RefusalLog refusals = new(system, opened, log);
        PromisedSerials promises = new(system.Clock);
        if (settings.Retention != new RetentionPolicy())
            system.Spawn("keeper", () => new JournalKeeper(opened, settings.Retention, promises, log));
        JournalServices services = new(opened, writer, settings.Node, mayHoldContent)
        {
            Contact = contact,
            Commits = cluster is null ? null : commits,
            Promises = promises,
            Cluster = cluster?.Actors.Links,
        };
        return new NodeJournal(services, health, settings.Retention, refusals, file) { Cluster = cluster };
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
