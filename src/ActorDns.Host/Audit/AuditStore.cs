using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Sqlite;
using ActorDns.Zones.Changes;

namespace ActorDns.Host.Audit;

/// <summary>The store of a node as the audit commands see it: read beside the running server, never locked, never written.</summary>
internal sealed class AuditStore : IAsyncDisposable
{
    private const int PageEntries = 1_000;
    private const long PageBytes = 4 << 20;

    private AuditStore(IJournalStore store, NamedConfiguration configuration, string place, IReadOnlyList<StoredZone> zones)
    {
        Store = store;
        Configuration = configuration;
        Place = place;
        Zones = zones;
    }

    /// <summary>The store.</summary>
    public IJournalStore Store { get; }

    /// <summary>The configuration that says where it is.</summary>
    public NamedConfiguration Configuration { get; }

    /// <summary>Where the store is, in words.</summary>
    public string Place { get; }

    /// <summary>The zones in it, by name.</summary>
    public IReadOnlyList<StoredZone> Zones { get; }

    /// <summary>Opens the store of the server that a configuration is of.</summary>
    /// <exception cref="AuditException">It cannot be read.</exception>
    public static async Task<AuditStore> OpenAsync(string configurationFile, string? settingsFile, CancellationToken ct)
    {
        NamedConfiguration configuration = ReadConfiguration(configurationFile);
        NodeSettings settings = ReadSettings(settingsFile ?? NodeSettings.FileBeside(configurationFile));
        string place;
        IJournalStore store;
        if (settings.PostgreSqlConnectionString is { } connection)
        {
            place = "the PostgreSQL database of Store:ConnectionString";
            store = new PostgreSqlStore(new PostgreSqlStoreOptions(connection));
        }
        else
        {
            place = settings.StoreFile(configuration.Options.Directory.Value);
            store = new SqliteStore(new SqliteStoreOptions(place), TimeProvider.System);
        }

        try
        {
            StoreResult<int> schema = await store.OpenForReadingAsync(ct);
            if (!schema.IsDone)
                throw new AuditException($"the journal cannot be read: {schema.Message}\n{Advice(schema.Status, configurationFile)}");
            return new AuditStore(store, configuration, place, Done(await store.Zones.ListAsync(ct)));
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of a result that was done.</summary>
    /// <exception cref="AuditException">It was not.</exception>
    public static T Done<T>(StoreResult<T> result) =>
        result.IsDone ? result.Value : throw new AuditException($"the journal cannot be read ({result.Status}): {result.Message}");

    /// <summary>The zone of that name; with several views the view must be said.</summary>
    /// <exception cref="AuditException">There is none, or more than one.</exception>
    public StoredZone FindZone(string text, string? view)
    {
        DomainName name = ParseName(text);
        StoredZone[] found = [.. Zones.Where(zone => zone.Key.Name == name && (view is null || zone.Key.View == view))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new AuditException(
                $"zone '{name.ToLogString()}'{(view is null ? "" : $" of view '{view}'")} is not in {Place}; {Known()}"),
            _ => throw new AuditException(
                $"zone '{name.ToLogString()}' is in the views {string.Join(", ", found.Select(zone => zone.Key.View))}: "
                + "choose one with --view"),
        };
    }

    /// <summary>The zones that a name can be in.</summary>
    /// <exception cref="AuditException">There is none.</exception>
    public IReadOnlyList<StoredZone> ZonesOf(DomainName name, string? view)
    {
        StoredZone[] found =
        [
            .. Zones.Where(zone => WireName.IsAtOrBelow(name.Wire, zone.Key.Name.Wire) && (view is null || zone.Key.View == view)),
        ];
        return found.Length > 0
            ? found
            : throw new AuditException($"'{name.ToLogString()}' is in no zone of {Place}; {Known()}");
    }

    /// <summary>Reads a name from a command line; it is absolute with or without its final dot.</summary>
    /// <exception cref="AuditException">It is none.</exception>
    public static DomainName ParseName(string text) => DomainName.TryParse(text, DomainName.Root, out DomainName name)
        ? name
        : throw new AuditException($"'{text}' is not a domain name");

    /// <summary>The version at which a zone had a serial.</summary>
    /// <exception cref="AuditException">The history does not reach back to it.</exception>
    public async Task<long> FindVersionAsync(StoredZone zone, Serial serial, CancellationToken ct)
    {
        StoreResult<long> found = await Store.Journal.FindVersionAsync(zone.Head.ZoneId, serial, ct);
        if (found.Status != StoreStatus.NotFound)
            return Done(found);
        StoreResult<JournalExtent> extent = await Store.Journal.MeasureAsync(zone.Head.ZoneId, ct);
        throw new AuditException(extent.IsDone
            ? $"zone '{zone.Key.Name.ToLogString()}' cannot be followed from serial {serial}: "
                + $"its journal goes from {extent.Value.OldestSerial} ({AuditTime.Text(extent.Value.Oldest)}) "
                + $"to {extent.Value.NewestSerial} ({AuditTime.Text(extent.Value.Newest)})"
            : $"zone '{zone.Key.Name.ToLogString()}' has no journal yet");
    }

    /// <summary>What leads from a serial to a later one, as one change; null when they are the same.</summary>
    /// <exception cref="AuditException">The history does not have it.</exception>
    public async Task<ZoneChange?> ReadChangeAsync(StoredZone zone, Serial from, Serial to, CancellationToken ct)
    {
        if (from == to)
            return null;
        List<ZoneChange> changes = [];
        for (long version = await FindVersionAsync(zone, from, ct); ;)
        {
            IReadOnlyList<StoredEntry> page =
                Done(await Store.Journal.ReadAfterAsync(zone.Head.ZoneId, version, PageEntries, PageBytes, ct));
            if (page.Count == 0)
                throw new AuditException($"zone '{zone.Key.Name.ToLogString()}' had no serial {to} after {from}");
            foreach (StoredEntry stored in page)
            {
                version = stored.Version;
                changes.Add(ChangeOf(stored));
                if (stored.Entry.SerialTo == to)
                {
                    return ZoneChange.TryCondense(changes, out ZoneChange? condensed)
                        ? condensed
                        : throw new AuditException($"the journal of '{zone.Key.Name.ToLogString()}' has a gap between {from} and {to}");
                }
            }
        }
    }

    /// <summary>The difference of an entry that is no baseline.</summary>
    /// <exception cref="AuditException">It is damaged.</exception>
    public static ZoneChange ChangeOf(StoredEntry stored) => ZoneChange.TryParse(stored.Entry.Wire, out ZoneChange? change)
        ? change
        : throw new AuditException($"version {stored.Version} in the journal is damaged");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static NamedConfiguration ReadConfiguration(string file)
    {
        string path = Path.GetFullPath(file);
        string folder = Path.GetDirectoryName(path) ?? "/";
        if (!File.Exists(path))
            throw new AuditException($"{path}: no such file; give the server's configuration with -c /path/to/named.conf");
        LoadResult result = ConfigLoader.Load(path, new FileConfigSource(folder));
        return result is { CanLoad: true, Model: { } model }
            ? model
            : throw new AuditException(
                $"the configuration cannot be read: {result.Diagnostics.FirstOrDefault(found => found.FailsLoad)?.ToString() ?? path}");
    }

    private static NodeSettings ReadSettings(string file)
    {
        try
        {
            return NodeSettings.Read(file);
        }
        catch (InvalidDataException failure)
        {
            throw new AuditException($"{file}: {failure.Message}");
        }
    }

    private static string Advice(StoreStatus status, string configurationFile) => status switch
    {
        StoreStatus.NotFound =>
            $"Is {configurationFile} the server's configuration, and has the server run with it? -c chooses another.",
        StoreStatus.Corrupt => "Stop the server, keep the file, and restore it from a backup.",
        _ => "Run the command as the server's user or as root.",
    };

    private string Known() => Zones.Count == 0
        ? "no zone has been journaled there yet"
        : $"there are {string.Join(", ", Zones.Select(zone => zone.Key.Name.ToLogString()).Distinct().Take(10))}"
            + (Zones.Count > 10 ? " and more" : "");
}
