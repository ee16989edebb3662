using System.Data.Common;
using System.Security.Cryptography;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>Whole contents of zones in the tables <c>checkpoint</c> and <c>checkpoint_chunk</c>.</summary>
internal sealed class SqlCheckpoints(SqlBackend backend) : ICheckpoints
{
    private const string Columns = "SELECT id, zone_id, version, serial, epoch, chunks, staged_at FROM checkpoint";

    public async ValueTask<StoreResult<long>> StageAsync(
        long zoneId, long version, Serial serial, Guid epoch, IEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken cancellation)
    {
        // The first chunk goes with the row: most zones have no other, and wait for the disk once.
        using IEnumerator<ReadOnlyMemory<byte>> chunk = chunks.GetEnumerator();
        bool hasChunk = chunk.MoveNext();
        StoreResult<long> staged = await backend.WriteAsync<long>(
            async session =>
            {
                long id = await session.ScalarAsync<long>(
                    """
                    INSERT INTO checkpoint (zone_id, version, serial, epoch, staged_at)
                    VALUES (@zone, @version, @serial, @epoch, @now) RETURNING id
                    """,
                    ("zone", zoneId),
                    ("version", version),
                    ("serial", (long)serial.Value),
                    ("epoch", epoch),
                    ("now", await session.ReadClockAsync()));
                if (hasChunk)
                    await StageChunkAsync(session, id, 0, chunk.Current);
                return new(id);
            },
            cancellation);
        if (!staged.IsDone)
            return staged;
        for (int index = 1; hasChunk && chunk.MoveNext(); index++)
        {
            ReadOnlyMemory<byte> content = chunk.Current;
            int place = index;
            StoreResult<int> written = await backend.WriteAsync<int>(
                session => StageChunkAsync(session, staged.Value, place, content), cancellation);
            if (!written.IsDone)
                return new StoreResult<long>(written.Status, written.Message);
        }

        return staged;
    }

    public ValueTask<StoreResult<CheckpointHeader>> CompleteAsync(long checkpointId, CancellationToken cancellation) =>
        backend.WriteAsync<CheckpointHeader>(
            async session =>
            {
                await session.ExecuteAsync(
                    """
                    UPDATE checkpoint SET completed_at = COALESCE(completed_at, @now) WHERE id = @id
                        AND version <= (SELECT version FROM zone WHERE zone.id = checkpoint.zone_id AND removed_at IS NULL)
                    """,
                    ("id", checkpointId),
                    ("now", await session.ReadClockAsync()));
                List<CheckpointHeader> found = await session.ListAsync(
                    $"{Columns} WHERE id = @id AND completed_at IS NOT NULL", Read, ("id", checkpointId));
                if (found.Count == 0)
                    return new(StoreStatus.NotFound, $"checkpoint {checkpointId} is not there, or is of a later version than its zone");
                await RemoveSupersededAsync(session);
                return new(found[0]);
            },
            cancellation);

    public ValueTask<StoreResult<CheckpointHeader>> LatestAsync(long zoneId, CancellationToken cancellation) =>
        backend.ReadAsync<CheckpointHeader>(
            async session =>
            {
                List<CheckpointHeader> found = await session.ListAsync(
                    $"{Columns} WHERE zone_id = @zone AND completed_at IS NOT NULL ORDER BY version DESC, id DESC LIMIT 1",
                    Read,
                    ("zone", zoneId));
                return found.Count == 1 ? new(found[0]) : new(StoreStatus.NotFound, $"zone {zoneId} has no checkpoint");
            },
            cancellation);

    public ValueTask<StoreResult<ReadOnlyMemory<byte>>> ReadChunkAsync(
        long checkpointId, int index, CancellationToken cancellation) =>
        backend.ReadAsync<ReadOnlyMemory<byte>>(
            async session =>
            {
                List<(byte[] Digest, byte[] Content)> found = await session.ListAsync(
                    "SELECT sha256, content FROM checkpoint_chunk WHERE checkpoint_id = @id AND chunk = @chunk",
                    row => (row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1)),
                    ("id", checkpointId),
                    ("chunk", index));
                if (found.Count == 0)
                    return new(StoreStatus.NotFound, $"checkpoint {checkpointId} has no chunk {index}");
                return SHA256.HashData(found[0].Content).AsSpan().SequenceEqual(found[0].Digest)
                    ? new(found[0].Content)
                    : new(StoreStatus.Corrupt, $"chunk {index} of checkpoint {checkpointId} is not what was written");
            },
            cancellation);

    /// <summary>Removes valid checkpoints that a newer valid one of their zone has replaced. Gives the number of rows.</summary>
    public static async ValueTask<int> RemoveSupersededAsync(SqlSession session)
    {
        const string superseded = """
            SELECT old.id FROM checkpoint old JOIN checkpoint new ON new.zone_id = old.zone_id
            WHERE old.completed_at IS NOT NULL AND new.completed_at IS NOT NULL
                AND (new.version > old.version OR (new.version = old.version AND new.id > old.id))
            """;
        int removed = await session.ExecuteAsync($"DELETE FROM checkpoint_chunk WHERE checkpoint_id IN ({superseded})");
        return removed + await session.ExecuteAsync($"DELETE FROM checkpoint WHERE id IN ({superseded})");
    }

    private static async ValueTask<StoreResult<int>> StageChunkAsync(
        SqlSession session, long checkpointId, int index, ReadOnlyMemory<byte> content)
    {
        int known = await session.ExecuteAsync(
            "UPDATE checkpoint SET chunks = @chunk + 1 WHERE id = @id AND completed_at IS NULL",
            ("id", checkpointId),
            ("chunk", index));
        if (known == 0)
            return new(StoreStatus.NotFound, $"checkpoint {checkpointId} was swept while it was written");
        return new(await session.ExecuteAsync(
            "INSERT INTO checkpoint_chunk (checkpoint_id, chunk, sha256, content) VALUES (@id, @chunk, @digest, @content)",
            ("id", checkpointId),
            ("chunk", index),
            ("digest", SHA256.HashData(content.Span)),
            ("content", content)));
    }

    private CheckpointHeader Read(DbDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.GetInt64(2),
        new Serial((uint)row.GetInt64(3)),
        row.GetGuid(4),
        row.GetInt32(5),
        backend.ReadTime(row, 6));
}
