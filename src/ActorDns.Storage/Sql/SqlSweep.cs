using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>Removes what has served its time, one kind after the other, each in a transaction of its own.</summary>
internal sealed class SqlSweep(SqlBackend backend)
{
    /// <summary>An outcome that nobody has asked for in a day is not asked for any more.</summary>
    private static readonly TimeSpan KeepCommits = TimeSpan.FromDays(1);

    /// <summary>A checkpoint that is not complete after so long was given up by its writer.</summary>
    private static readonly TimeSpan KeepStaged = TimeSpan.FromHours(6);

    public async ValueTask<StoreResult<long>> RunAsync(TimeSpan keepRemovedZones, CancellationToken cancellation)
    {
        const string staged = "SELECT id FROM checkpoint WHERE completed_at IS NULL AND staged_at < @before";
        const string gone = "SELECT id FROM zone WHERE removed_at < @before";
        const string ofGone = $"SELECT id FROM checkpoint WHERE zone_id IN ({gone})";
        (TimeSpan Keep, string[] Statements)[] kinds =
        [
            (TimeSpan.Zero, ["DELETE FROM request WHERE keep_until < @before"]),
            (KeepCommits, ["DELETE FROM commit_log WHERE at < @before"]),
            (KeepStaged,
            [
                $"DELETE FROM checkpoint_chunk WHERE checkpoint_id IN ({staged})",
                "DELETE FROM checkpoint WHERE completed_at IS NULL AND staged_at < @before",
            ]),
            (keepRemovedZones,
            [
                $"DELETE FROM checkpoint_chunk WHERE checkpoint_id IN ({ofGone})",
                $"DELETE FROM checkpoint WHERE zone_id IN ({gone})",
                $"DELETE FROM journal WHERE zone_id IN ({gone})",
                "DELETE FROM zone WHERE removed_at < @before",
            ]),
        ];
        long removed = 0;
        foreach ((TimeSpan keep, string[] statements) in kinds)
        {
            StoreResult<int> step = await backend.WriteAsync<int>(
                async session =>
                {
                    int rows = 0;
                    DateTimeOffset before = await session.ReadClockAsync() - keep;
                    foreach (string statement in statements)
                        rows += await session.ExecuteAsync(statement, ("before", before));
                    return new(rows);
                },
                cancellation);
            if (!step.IsDone)
                return new StoreResult<long>(step.Status, step.Message);
            removed += step.Value;
        }

        StoreResult<int> superseded = await backend.WriteAsync<int>(
            async session => new(await SqlCheckpoints.RemoveSupersededAsync(session)), cancellation);
        return superseded.IsDone
            ? new StoreResult<long>(removed + superseded.Value)
            : new StoreResult<long>(superseded.Status, superseded.Message);
    }
}
