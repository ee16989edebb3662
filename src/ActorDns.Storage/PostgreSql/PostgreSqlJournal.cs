using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>
/// Appends a group in two round trips: everything in one batch of array statements, then COMMIT. Telling the other nodes is left to the
/// caller: inside the transaction, the commits of all sessions would queue up for the notification.
/// </summary>
internal sealed class PostgreSqlJournal(SqlBackend backend) : SqlJournal(backend)
{
    public override ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(
        AppendGroup group, CancellationToken cancellation)
    {
        Check(group);
        return Backend.WriteAsync<IReadOnlyList<ZoneOutcome>>(session => WriteAsync(session, group), cancellation);
    }

    public override async ValueTask<StoreResult<IHeldHead>> HoldAsync(long zoneId, CancellationToken cancellation)
    {
        StoreResult<(ZoneHead Head, SqlHeldTransaction Transaction)> held = await Backend.HoldAsync<ZoneHead>(
            async session =>
            {
                List<ZoneHead> found = await session.ListAsync(
                    "SELECT id, version, serial FROM zone WHERE id = @id AND removed_at IS NULL FOR UPDATE",
                    SqlZoneDirectory.ReadHead,
                    ("id", zoneId));
                return found.Count == 1 ? new(found[0]) : new(StoreStatus.NotFound, $"no zone {zoneId}");
            },
            cancellation);
        return held.IsDone
            ? new(new SqlHeldHead(held.Value.Head, held.Value.Transaction, WriteAsync))
            : new(held.Status, held.Message);
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

    private static ZoneOutcomeStatus ParseStatus(string word) => word switch
    {
        "won" => ZoneOutcomeStatus.Won,
        "lost" => ZoneOutcomeStatus.Lost,
        "fenced" => ZoneOutcomeStatus.Fenced,
        "frozen" => ZoneOutcomeStatus.Frozen,
        "duplicate" => ZoneOutcomeStatus.Duplicate,
        "not staged" => ZoneOutcomeStatus.NotStaged,
        _ => ZoneOutcomeStatus.Gone,
    };
}
