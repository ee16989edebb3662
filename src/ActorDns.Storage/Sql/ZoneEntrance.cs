using System.Collections.Concurrent;
using System.Globalization;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>
/// Finds zones in the store, or enters them. Those that are asked for at once, as all are when a node starts, are looked up and entered
/// together: one transaction, and one wait for the disk, for many.
/// </summary>
internal sealed class ZoneEntrance(SqlBackend backend, SqlZoneDirectory directory)
{
    private const int MostTogether = 32; // The database looks each value up among all of its statement.

    private readonly ConcurrentQueue<Asked> _waiting = new();
    private int _isWorking;

    /// <summary>The zone as the store has it, entered now if it was not there.</summary>
    public ValueTask<StoreResult<StoredZone>> GetOrAddAsync(ZoneKey key, CancellationToken cancellation)
    {
        Asked asked = new(key, new TaskCompletionSource<StoreResult<StoredZone>>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Enqueue(asked);
        if (Interlocked.Exchange(ref _isWorking, 1) == 0)
            _ = Task.Run(WorkAsync, CancellationToken.None);
        return new(asked.Done.Task.WaitAsync(cancellation));
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            List<Asked> together = [];
            while (together.Count < MostTogether && _waiting.TryDequeue(out Asked? asked))
                together.Add(asked);
            if (together.Count > 0)
            {
                await AnswerAsync(together);
                continue;
            }

            Volatile.Write(ref _isWorking, 0);
            Interlocked.MemoryBarrier(); // Either who asks sees that nobody works, or what was asked is seen here.
            if (_waiting.IsEmpty || Interlocked.Exchange(ref _isWorking, 1) != 0)
                return;
        }
    }

    private async Task AnswerAsync(List<Asked> together)
    {
        try
        {
            // In the order of their keys, so that two nodes that enter the same zones never wait for each other.
            Row[] rows = [.. together.Select(static asked => Row.Of(asked.Key)).Distinct().Order()];
            StoreResult<Dictionary<Row, StoredZone>> found = await backend.ReadAsync(
                async session => new StoreResult<Dictionary<Row, StoredZone>>(await FindAsync(session, rows)), CancellationToken.None);
            if (found.IsDone && rows.Any(row => !found.Value.ContainsKey(row)))
            {
                found = await backend.WriteAsync(
                    async session =>
                    {
                        await EnterAsync(session, [.. rows.Where(row => !found.Value.ContainsKey(row))]);
                        return new StoreResult<Dictionary<Row, StoredZone>>(await FindAsync(session, rows));
                    },
                    CancellationToken.None);
            }

            foreach (Asked asked in together)
                asked.Done.SetResult(ResultOf(found, Row.Of(asked.Key)));

            // A store that is away is waited for once and not by each portion of those who asked.
            while (!found.IsDone && _waiting.TryDequeue(out Asked? late))
                late.Done.SetResult(new(found.Status, found.Message));
        }
        catch (Exception failure)
        {
            foreach (Asked asked in together)
                asked.Done.TrySetException(failure);
        }
    }

    private static StoreResult<StoredZone> ResultOf(StoreResult<Dictionary<Row, StoredZone>> found, Row row)
    {
        if (!found.IsDone)
            return new(found.Status, found.Message);
        return found.Value.TryGetValue(row, out StoredZone? zone)
            ? new(zone)
            : new(StoreStatus.Unavailable, "the zone was removed in the same moment");
    }

    private async ValueTask<Dictionary<Row, StoredZone>> FindAsync(SqlSession session, Row[] rows)
    {
        List<StoredZone> zones = await session.ListAsync(
            $"{SqlZoneDirectory.Columns} WHERE {Conditions(rows)}",
            directory.Read,
            Values(rows));
        return zones.ToDictionary(static zone => Row.Of(zone.Key));
    }

    private static async ValueTask EnterAsync(SqlSession session, Row[] rows) => await session.ExecuteAsync(
        $"INSERT INTO zone (name, class, view, made_at) VALUES {Places(rows)} ON CONFLICT DO NOTHING",
        [.. Values(rows), ("now", await session.ReadClockAsync())]);

    // With the index's own condition in each of them: otherwise, and for IN (VALUES ...), SQLite reads all zones.
    private static string Conditions(Row[] rows) => string.Join(
        " OR ",
        rows.Select((_, at) => string.Create(
            CultureInfo.InvariantCulture, $"(removed_at IS NULL AND name = @n{at} AND class = @c{at} AND view = @v{at})")));

    private static string Places(Row[] rows) => string.Join(
        ", ", rows.Select((_, at) => string.Create(CultureInfo.InvariantCulture, $"(@n{at}, @c{at}, @v{at}, @now)")));

    private static (string, object?)[] Values(Row[] rows) =>
    [
        .. rows.SelectMany(static (row, at) => (IEnumerable<(string, object?)>)
            [
                (string.Create(CultureInfo.InvariantCulture, $"n{at}"), row.Name),
                (string.Create(CultureInfo.InvariantCulture, $"c{at}"), row.Class),
                (string.Create(CultureInfo.InvariantCulture, $"v{at}"), row.View),
            ]),
    ];

    private sealed record Asked(ZoneKey Key, TaskCompletionSource<StoreResult<StoredZone>> Done);

    /// <summary>A key as the table has it.</summary>
    private readonly record struct Row(string Name, string Class, string View) : IComparable<Row>
    {
        public static Row Of(ZoneKey key) => new(SqlWords.Of(key.Name), SqlWords.Of(key.Class), key.View);

        public int CompareTo(Row other)
        {
            int order = string.CompareOrdinal(Name, other.Name);
            if (order == 0)
                order = string.CompareOrdinal(Class, other.Class);
            return order != 0 ? order : string.CompareOrdinal(View, other.View);
        }
    }
}
