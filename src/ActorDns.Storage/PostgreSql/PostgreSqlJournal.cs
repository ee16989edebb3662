using System.Data.Common;
using System.Globalization;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>
/// Appends a group in two round trips: everything in one batch of array statements, then COMMIT. A third, after the commit, tells
/// the other nodes; inside it, the commits of all sessions would queue up for the notification.
/// </summary>
internal sealed class PostgreSqlJournal(SqlBackend backend) : SqlJournal(backend)
{
    /// <summary>PostgreSQL takes less than 8,000 bytes; beyond, an empty payload says that anything may have moved.</summary>
    private const int NotificationBytes = 7_900;

    private long _notificationsLost;

    public long NotificationsLost => Interlocked.Read(ref _notificationsLost);

    public override ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(
        AppendGroup group, CancellationToken cancellation)
    {
        Check(group);
        return Backend.WriteAsync<IReadOnlyList<ZoneOutcome>>(session => WriteAsync(session, group), cancellation, NotifyAsync);
    }

    private static async ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> WriteAsync(SqlSession session, AppendGroup group)
    {
        await using NpgsqlBatch batch = new((NpgsqlConnection)session.Connection, (NpgsqlTransaction)session.Transaction!);
        AddLocks(batch, group);
        int locks = batch.BatchCommands.Count;
        batch.BatchCommands.Add(PostgreSqlArrays.Command(PostgreSqlStatements.Epoch));
        batch.BatchCommands.Add(PostgreSqlArrays.FindRequests(group));
        batch.BatchCommands.Add(PostgreSqlArrays.Append(group));

        await using NpgsqlDataReader row = await batch.ExecuteReaderAsync(session.Cancellation);
        for (; locks > 0; locks--)
            await row.NextResultAsync(session.Cancellation);
        if (!await row.ReadAsync(session.Cancellation) || row.GetGuid(0) != group.Epoch)
            return new(StoreStatus.WrongEpoch, "the store is not the one that was opened");

        await row.NextResultAsync(session.Cancellation);
        ILookup<int, DuplicateRequest> duplicates = (await ReadDuplicatesAsync(row, session.Cancellation))
            .ToLookup(found => found.ZoneAt, found => found.Request);

        await row.NextResultAsync(session.Cancellation);
        Dictionary<long, (ZoneHead Head, ZoneOutcomeStatus Status)> decided = [];
        while (await row.ReadAsync(session.Cancellation))
            decided[row.GetInt64(0)] = (SqlZoneDirectory.ReadHead(row), ParseStatus(row.GetString(3)));
        return new([.. group.Zones.Select((zone, at) => OutcomeOf(zone.ZoneId, at))]);

        ZoneOutcome OutcomeOf(long id, int at) =>
            decided.TryGetValue(id, out (ZoneHead Head, ZoneOutcomeStatus Status) known) && known.Status != ZoneOutcomeStatus.Gone
                ? new ZoneOutcome(
                    id, known.Status, known.Head, known.Status == ZoneOutcomeStatus.Duplicate ? [.. duplicates[at]] : [])
                : new ZoneOutcome(id, ZoneOutcomeStatus.Gone, new ZoneHead(id, 0, null), []);
    }

    private static void AddLocks(NpgsqlBatch batch, AppendGroup group)
    {
        batch.BatchCommands.Add(
            PostgreSqlArrays.Command(PostgreSqlStatements.LockHeads, group.Zones.Select(zone => zone.ZoneId).ToArray()));
        string[] leases = [.. group.Zones.Where(zone => zone.Lease is not null).Select(zone => zone.Lease!.Value.Name).Distinct()];
        if (leases.Length > 0)
            batch.BatchCommands.Add(PostgreSqlArrays.Command(PostgreSqlStatements.LockLeases, leases));
        long[] checkpoints = [.. group.Zones.Where(zone => zone.Checkpoint is not null).Select(zone => zone.Checkpoint!.Value)];
        if (checkpoints.Length > 0)
            batch.BatchCommands.Add(PostgreSqlArrays.Command(PostgreSqlStatements.LockCheckpoints, checkpoints));
    }

    private static async ValueTask<List<(int ZoneAt, DuplicateRequest Request)>> ReadDuplicatesAsync(
        NpgsqlDataReader row, CancellationToken cancellation)
    {
        List<(int ZoneAt, DuplicateRequest Request)> found = [];
        while (await row.ReadAsync(cancellation))
            found.Add((row.GetInt32(0), new DuplicateRequest(row.GetInt32(1), (ushort)row.GetInt32(2))));
        return found;
    }

    /// <summary>
    /// The change is durable by now: a notification that cannot be sent costs the other nodes the time until they poll.
    /// </summary>
    private async ValueTask NotifyAsync(DbConnection connection, StoreResult<IReadOnlyList<ZoneOutcome>> result)
    {
        IEnumerable<string> zones = result.Value!
            .Where(zone => zone.Status == ZoneOutcomeStatus.Won)
            .Select(zone => zone.ZoneId.ToString(CultureInfo.InvariantCulture));
        string payload = string.Join(' ', zones);
        if (payload.Length == 0)
            return;
        try
        {
            await using NpgsqlCommand command = new(PostgreSqlStatements.Notify, (NpgsqlConnection)connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = payload.Length <= NotificationBytes ? payload : "" });
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            Interlocked.Increment(ref _notificationsLost);
        }
    }

    private static ZoneOutcomeStatus ParseStatus(string word) => word switch
    {
        "won" => ZoneOutcomeStatus.Won,
        "lost" => ZoneOutcomeStatus.Lost,
        "fenced" => ZoneOutcomeStatus.Fenced,
        "duplicate" => ZoneOutcomeStatus.Duplicate,
        "not staged" => ZoneOutcomeStatus.NotStaged,
        _ => ZoneOutcomeStatus.Gone,
    };
}
