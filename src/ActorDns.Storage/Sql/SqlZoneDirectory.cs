using System.Data.Common;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>Zones and heads in the table <c>zone</c>.</summary>
internal sealed class SqlZoneDirectory : IZoneDirectory
{
    /// <summary>Selects what <see cref="Read"/> reads.</summary>
    public const string Columns =
        "SELECT id, version, serial, name, class, view, imported_hash, imported_serial, expires_at, frozen_at FROM zone";

    private readonly SqlBackend _backend;
    private readonly ZoneEntrance _entrance;

    public SqlZoneDirectory(SqlBackend backend)
    {
        _backend = backend;
        _entrance = new ZoneEntrance(backend, this);
    }

    public ValueTask<StoreResult<StoredZone>> GetOrAddAsync(ZoneKey key, CancellationToken cancellation) =>
        _entrance.GetOrAddAsync(key, cancellation);

    public ValueTask<StoreResult<IReadOnlyList<StoredZone>>> ListAsync(CancellationToken cancellation) =>
        _backend.ReadAsync<IReadOnlyList<StoredZone>>(
            async session => new(await session.ListAsync($"{Columns} WHERE removed_at IS NULL ORDER BY view, class, name", Read)),
            cancellation);

    public ValueTask<StoreResult<StoredZone>> FindAsync(long zoneId, CancellationToken cancellation) =>
        _backend.ReadAsync<StoredZone>(
            async session =>
            {
                List<StoredZone> found =
                    await session.ListAsync($"{Columns} WHERE id = @id AND removed_at IS NULL", Read, ("id", zoneId));
                return found.Count == 1
                    ? new StoreResult<StoredZone>(found[0])
                    : new StoreResult<StoredZone>(StoreStatus.NotFound, $"no zone {zoneId}");
            },
            cancellation);

    public ValueTask<StoreResult<bool>> RemoveAsync(long zoneId, CancellationToken cancellation) =>
        _backend.WriteAsync<bool>(
            async session =>
            {
                bool isRemoved = await session.ExecuteAsync(
                    "UPDATE zone SET removed_at = @now WHERE id = @id AND removed_at IS NULL",
                    ("id", zoneId),
                    ("now", await session.ReadClockAsync())) == 1;
                if (isRemoved)
                    await SqlRevisions.GrowAsync(session, SqlRevisions.ZoneSet);
                return new(isRemoved);
            },
            cancellation);

    public ValueTask<StoreResult<bool>> SetFrozenAsync(long zoneId, bool isFrozen, CancellationToken cancellation) =>
        _backend.WriteAsync<bool>(
            async session =>
            {
                int changed = await session.ExecuteAsync(
                    $"""
                    UPDATE zone SET frozen_at = @now
                    WHERE id = @id AND removed_at IS NULL AND frozen_at IS {(isFrozen ? "NULL" : "NOT NULL")}
                    """,
                    ("id", zoneId),
                    ("now", isFrozen ? await session.ReadClockAsync() : null));
                if (changed == 1)
                    await SqlRevisions.GrowAsync(session, SqlRevisions.ZoneSet);
                return new(changed == 1 || await session.ScalarAsync<long>(
                    "SELECT count(*) FROM zone WHERE id = @id AND removed_at IS NULL", ("id", zoneId)) == 1);
            },
            cancellation);

    public ValueTask<StoreResult<bool>> RememberImportAsync(
        long zoneId, long expectedVersion, ImportedFile import, CancellationToken cancellation) =>
        _backend.WriteAsync<bool>(
            async session => new(await session.ExecuteAsync(
                """
                UPDATE zone SET imported_hash = @hash, imported_serial = @serial
                WHERE id = @id AND version = @expected AND removed_at IS NULL
                """,
                ("id", zoneId),
                ("expected", expectedVersion),
                ("hash", import.Hash),
                ("serial", (long)import.Serial.Value)) == 1),
            cancellation);

    public ValueTask<StoreResult<bool>> RememberExpiryAsync(long zoneId, DateTimeOffset expiresAt, CancellationToken cancellation) =>
        _backend.WriteAsync<bool>(
            async session => new(await session.ExecuteAsync(
                "UPDATE zone SET expires_at = @expires WHERE id = @id AND removed_at IS NULL",
                ("id", zoneId),
                ("expires", expiresAt)) == 1),
            cancellation);

    /// <summary>Reads id, version and serial from the first three columns.</summary>
    public static ZoneHead ReadHead(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : new Serial((uint)row.GetInt64(2)));

    /// <summary>Reads a row of <see cref="Columns"/>.</summary>
    public StoredZone Read(DbDataReader row) => new(
        SqlWords.ParseKey(row.GetString(3), row.GetString(4), row.GetString(5)),
        ReadHead(row),
        row.IsDBNull(6) ? null : new ImportedFile(row.GetFieldValue<byte[]>(6), new Serial((uint)row.GetInt64(7))))
    {
        ExpiresAt = row.IsDBNull(8) ? null : _backend.ReadTime(row, 8),
        IsFrozen = !row.IsDBNull(9),
    };
}
