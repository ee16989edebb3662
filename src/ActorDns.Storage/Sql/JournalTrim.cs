using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>
/// Retention. Entries go from the oldest on, so that what stays has no gap. The head itself is a row of <c>zone</c>:
/// compare-and-set never relies on an entry.
/// </summary>
internal sealed class JournalTrim(SqlBackend backend)
{
    private const int EntriesPerTransaction = 10_000;

    public async ValueTask<StoreResult<long>> ApplyAsync(long zoneId, RetentionPolicy policy, CancellationToken cancellation)
    {
        StoreResult<long> cut = await backend.ReadAsync<long>(session => FindCutAsync(session, zoneId, policy), cancellation);
        if (!cut.IsDone)
            return cut;
        long removed = 0;
        while (true)
        {
            StoreResult<int> step = await backend.WriteAsync<int>(
                async session => new(await session.ExecuteAsync(
                    """
                    DELETE FROM journal WHERE zone_id = @zone AND version <= @cut
                        AND version < (SELECT min(version) FROM journal WHERE zone_id = @zone) + @step
                    """,
                    ("zone", zoneId),
                    ("cut", cut.Value),
                    ("step", EntriesPerTransaction))),
                cancellation);
            if (!step.IsDone)
                return new StoreResult<long>(step.Status, step.Message);
            removed += step.Value;
            if (step.Value < EntriesPerTransaction)
                return new StoreResult<long>(removed);
        }
    }

    /// <summary>The last version that may go; 0 when none may.</summary>
    private static async ValueTask<StoreResult<long>> FindCutAsync(SqlSession session, long zoneId, RetentionPolicy policy)
    {
        (string, object?) zone = ("zone", zoneId);
        long head = await session.ScalarAsync<long>("SELECT version FROM zone WHERE id = @zone", zone);
        long checkpoint = await session.ScalarAsync<long?>(
            "SELECT max(version) FROM checkpoint WHERE zone_id = @zone AND completed_at IS NOT NULL", zone) ?? 0;
        long promised = policy.KeepFromSerial is { } serial
            ? await session.ScalarAsync<long?>(
                "SELECT max(version) FROM journal WHERE zone_id = @zone AND serial_from = @serial",
                zone,
                ("serial", (long)serial.Value)) ?? long.MaxValue
            : long.MaxValue;
        long allowed = Math.Min(Math.Min(head - 1, checkpoint), promised - 1);
        long wanted = 0;
        if (policy.MaxEntries is { } entries)
            wanted = Math.Max(wanted, head - entries);
        if (policy.MaxAge is { } age)
        {
            wanted = Math.Max(wanted, await session.ScalarAsync<long?>(
                "SELECT max(version) FROM journal WHERE zone_id = @zone AND at < @before",
                zone,
                ("before", await session.ReadClockAsync() - age)) ?? 0);
        }

        if (policy.MaxBytes is { } bytes)
        {
            wanted = Math.Max(wanted, await session.ScalarAsync<long?>(
                """
                SELECT max(version) FROM (
                    SELECT version, sum(length(wire) + length(diff)) OVER (ORDER BY version DESC) AS bytes
                    FROM journal WHERE zone_id = @zone) sized
                WHERE bytes > @bytes
                """,
                zone,
                ("bytes", bytes)) ?? 0);
        }

        return new StoreResult<long>(Math.Min(allowed, wanted));
    }
}
