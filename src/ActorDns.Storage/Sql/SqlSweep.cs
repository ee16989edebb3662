using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>
/// Removes what has served its time, one kind after the other, in transactions of a bounded size: what has piled up must neither hold up
/// those who write nor run into a time-out again and again. Nodes that sweep at once pass over each other's rows.
/// </summary>
/// <param name="backend">The database.</param>
/// <param name="rowsPerTransaction">At most so many rows go at once.</param>
internal sealed class SqlSweep(SqlBackend backend, int rowsPerTransaction = SqlSweep.RowsPerTransaction)
{
    private const int RowsPerTransaction = 10_000;
    private const int TransactionsPerKind = 20;

    /// <summary>An outcome that nobody has asked for in a day is not asked for any more.</summary>
    private static readonly TimeSpan KeepCommits = TimeSpan.FromDays(1);

    /// <summary>A key that is used once a year is still seen to be used.</summary>
    private static readonly TimeSpan KeepUses = TimeSpan.FromDays(400);

    /// <summary>A checkpoint that is not complete after so long was given up by its writer.</summary>
    private static readonly TimeSpan KeepStaged = TimeSpan.FromHours(6);

    /// <summary>How long operators see that a node has left.</summary>
    private static readonly TimeSpan KeepLeft = TimeSpan.FromHours(1);

    /// <summary>How long operators see a node that has fallen silent.</summary>
    private static readonly TimeSpan KeepSilent = TimeSpan.FromDays(1);

    public async ValueTask<StoreResult<long>> RunAsync(TimeSpan keepRemovedZones, CancellationToken cancellation)
    {
        long removed = 0;
        foreach ((TimeSpan keep, string statement) in Kinds(keepRemovedZones))
        {
            StoreResult<long> swept = await RemoveAsync(keep, statement, cancellation);
            if (!swept.IsDone)
                return swept;
            removed += swept.Value;
        }

        StoreResult<int> superseded = await backend.WriteAsync<int>(
            async session => new(await SqlCheckpoints.RemoveSupersededAsync(session)), cancellation);
        return superseded.IsDone
            ? new StoreResult<long>(removed + superseded.Value)
            : new StoreResult<long>(superseded.Status, superseded.Message);
    }

    private IEnumerable<(TimeSpan Keep, string Statement)> Kinds(TimeSpan keepRemovedZones)
    {
        string some = $"LIMIT {rowsPerTransaction}{backend.SkipLocked}";
        const string staged = "SELECT id FROM checkpoint WHERE completed_at IS NULL AND staged_at < @before";
        const string gone = "SELECT id FROM zone WHERE removed_at < @before";
        yield return (TimeSpan.Zero, $"""
            DELETE FROM request WHERE ({backend.RequestRow}) IN (
                SELECT {backend.RequestRow} FROM request WHERE keep_until < @before ORDER BY keep_until {some})
            """);
        yield return (KeepCommits, $"""
            DELETE FROM commit_log WHERE (commit_id, zone_id) IN (
                SELECT commit_id, zone_id FROM commit_log WHERE at < @before ORDER BY at {some})
            """);
        yield return (KeepUses, $"""
            DELETE FROM key_use WHERE (line, generation, peer, node, operation) IN (
                SELECT line, generation, peer, node, operation FROM key_use WHERE last_used_at < @before {some})
            """);
        yield return (KeepStaged, Chunks(staged));
        yield return (KeepStaged, $"DELETE FROM checkpoint WHERE id IN ({staged} AND {Empty("checkpoint.id")} {some})");
        yield return (keepRemovedZones, Chunks($"SELECT id FROM checkpoint WHERE zone_id IN ({gone})"));
        yield return (keepRemovedZones, $"""
            DELETE FROM checkpoint WHERE id IN (
                SELECT id FROM checkpoint WHERE zone_id IN ({gone}) AND {Empty("checkpoint.id")} {some})
            """);
        yield return (keepRemovedZones, $"""
            DELETE FROM journal WHERE (zone_id, version) IN (
                SELECT zone_id, version FROM journal WHERE zone_id IN ({gone}) {some})
            """);
        yield return (keepRemovedZones, $"""
            DELETE FROM zone WHERE id IN (
                {gone} AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.zone_id = zone.id)
                    AND NOT EXISTS (SELECT 1 FROM checkpoint c WHERE c.zone_id = zone.id) {some})
            """);
        if (!backend.IsShared)
            yield break;
        yield return (KeepLeft, Nodes("state = 'left' AND"));
        yield return (KeepSilent, Nodes(""));

        string Chunks(string checkpoints) => $"""
            DELETE FROM checkpoint_chunk WHERE (checkpoint_id, chunk) IN (
                SELECT checkpoint_id, chunk FROM checkpoint_chunk WHERE checkpoint_id IN ({checkpoints}) {some})
            """;

        string Nodes(string condition) =>
            $"DELETE FROM node WHERE name IN (SELECT name FROM node WHERE {condition} seen_at < @before {some})";
    }

    private static string Empty(string checkpoint) => $"NOT EXISTS (SELECT 1 FROM checkpoint_chunk k WHERE k.checkpoint_id = {checkpoint})";

    private async ValueTask<StoreResult<long>> RemoveAsync(TimeSpan keep, string statement, CancellationToken cancellation)
    {
        long removed = 0;
        for (int step = 0; step < TransactionsPerKind; step++)
        {
            StoreResult<int> rows = await backend.WriteAsync<int>(
                async session => new(await session.ExecuteAsync(statement, ("before", await session.ReadClockAsync() - keep))),
                cancellation);
            if (!rows.IsDone)
                return new StoreResult<long>(rows.Status, rows.Message);
            removed += rows.Value;
            if (rows.Value < rowsPerTransaction)
                break;
        }

        return new StoreResult<long>(removed);
    }
}
