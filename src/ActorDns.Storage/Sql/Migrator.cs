using System.Globalization;
using System.Reflection;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>Brings a schema to the newest version that this program knows, or refuses one that is beyond it.</summary>
/// <param name="backend">The database.</param>
/// <param name="known">The migrations that the program has, in their order.</param>
internal sealed class Migrator(SqlBackend backend, IReadOnlyList<Migration> known)
{
    private const string MinimumReaderMark = "-- minimum reader: ";

    /// <param name="backend">The database.</param>
    /// <param name="last">Migrations after this one are not known, for tests of upgrades.</param>
    public Migrator(SqlBackend backend, int last = int.MaxValue)
        : this(backend, [.. Load(backend.Dialect).Where(migration => migration.Version <= last)])
    {
    }

    /// <summary>Gives the version of the schema afterwards.</summary>
    public ValueTask<StoreResult<int>> ApplyAsync(CancellationToken cancellation) => backend.WriteAsync(ApplyAsync, cancellation);

    /// <summary>Gives the version of a schema that this program reads as it is; applies nothing.</summary>
    public ValueTask<StoreResult<int>> ExamineAsync(CancellationToken cancellation) => backend.ReadAsync(ExamineAsync, cancellation);

    private async ValueTask<StoreResult<int>> ExamineAsync(SqlSession session)
    {
        if (await session.ScalarAsync<long>(backend.CountSchemaTable) == 0)
            return new StoreResult<int>(StoreStatus.NotFound, "there is nothing of a server in it");
        int found = await session.ScalarAsync<int?>("SELECT max(version) FROM schema_version") ?? 0;
        int needed = await session.ScalarAsync<int?>("SELECT max(minimum_reader) FROM schema_version") ?? 0;
        int newest = known[^1].Version;
        if (needed > newest)
            return TooNew(found, needed, newest);
        return found >= newest ? new StoreResult<int>(found) : new StoreResult<int>(
            StoreStatus.Refused,
            $"the store has schema version {found} and this program reads version {newest}: start the server of this version once");
    }

    private async ValueTask<StoreResult<int>> ApplyAsync(SqlSession session)
    {
        if (backend.MigrationLock is { } takeLock)
            await session.ExecuteAsync(takeLock);
        await session.ExecuteAsync(Read($"{backend.Dialect}/0000-schema-version.sql"));
        int found = await session.ScalarAsync<int?>("SELECT max(version) FROM schema_version") ?? 0;
        int needed = await session.ScalarAsync<int?>("SELECT max(minimum_reader) FROM schema_version") ?? 0;
        int newest = known[^1].Version;
        if (needed > newest)
            return TooNew(found, needed, newest);
        Migration[] pending = [.. known.Where(migration => migration.Version > found)];
        int reader = pending.Select(migration => migration.MinimumReader).DefaultIfEmpty().Max();
        if (pending.Length > 0 && await backend.FindOlderMemberAsync(session, reader) is { } older)
            return TooEarly(pending, reader, older);
        foreach (Migration migration in pending)
        {
            await session.ExecuteAsync(migration.Sql);
            await session.ExecuteAsync(
                "INSERT INTO schema_version (version, minimum_reader, applied_at) VALUES (@version, @reader, @at)",
                ("version", migration.Version),
                ("reader", migration.MinimumReader),
                ("at", await session.ReadClockAsync()));
        }

        return new StoreResult<int>(Math.Max(found, newest));
    }

    private static StoreResult<int> TooNew(int found, int needed, int newest) => new(
        StoreStatus.Refused,
        $"the store has schema version {found} and needs a program that knows version {needed}; this one knows {newest}: upgrade it");

    private static StoreResult<int> TooEarly(Migration[] pending, int reader, string older) => new(
        StoreStatus.Unavailable,
        $"migration {pending.First(migration => migration.MinimumReader == reader).Version} of the store needs all nodes to know "
        + $"schema version {reader}, and node {older} is alive: nothing was migrated; upgrade or stop that node first");

    internal static IEnumerable<Migration> Load(string dialect)
    {
        string prefix = dialect + "/";
        foreach (string resource in Assembly.GetExecutingAssembly().GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!resource.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            int version = int.Parse(resource.AsSpan(prefix.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture);
            if (version == 0)
                continue;
            string sql = Read(resource);
            string firstLine = sql.Split('\n', 2)[0];
            yield return new Migration(
                version,
                int.Parse(firstLine.AsSpan(MinimumReaderMark.Length), NumberStyles.None, CultureInfo.InvariantCulture),
                sql);
        }
    }

    private static string Read(string resource)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
