using System.Data.Common;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace ActorDns.Storage.Sqlite;

/// <summary>
/// Appends with prepared statements on the one writing connection. BEGIN IMMEDIATE keeps other programs out, so that what is
/// checked before a zone's first write stays true.
/// </summary>
internal sealed class SqliteJournal(SqliteBackend backend) : SqlJournal(backend)
{
    private SqliteStatements? _statements;

    public override ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(
        AppendGroup group, CancellationToken cancellation)
    {
        Check(group);
        return Backend.WriteAsync<IReadOnlyList<ZoneOutcome>>(
            async session =>
            {
                SqliteConnection connection = (SqliteConnection)session.Connection;
                if (_statements?.Connection != connection)
                    _statements = new SqliteStatements(connection);
                SqliteStatements statements = _statements;
                statements.Enter((SqliteTransaction)session.Transaction!);
                if ((string?)statements.Epoch.ExecuteScalar() != group.Epoch.ToString("D"))
                    return new(StoreStatus.WrongEpoch, "the store is not the one that was opened");
                DateTimeOffset now = await session.ReadClockAsync();
                ZoneOutcome[] outcomes = new ZoneOutcome[group.Zones.Count];
                for (int at = 0; at < outcomes.Length; at++)
                    outcomes[at] = Append(statements, group.CommitId, group.Zones[at], now);
                return new(outcomes);
            },
            cancellation);
    }

    private ZoneOutcome Append(SqliteStatements statements, Guid commitId, ZoneAppend zone, DateTimeOffset now)
    {
        if (ReadHead(statements, zone.ZoneId) is not { } head)
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Gone, new ZoneHead(zone.ZoneId, 0, null), []);
        if (head.Version != zone.ExpectedVersion)
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Lost, head, []);
        if (zone.Lease is { } lease && SqliteStatements.With(statements.Lease, lease.Name, lease.Number).ExecuteScalar() is null)
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Fenced, head, []);
        ZoneHead moved = new(zone.ZoneId, zone.ExpectedVersion + zone.Entries.Count, zone.Entries[^1].SerialTo);
        long serial = moved.Serial!.Value.Value;
        if (zone.Checkpoint is { } staged
            && SqliteStatements.With(statements.FindCheckpoint, staged, zone.ZoneId, moved.Version, serial).ExecuteScalar() is null)
        {
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.NotStaged, head, []);
        }

        List<DuplicateRequest> duplicates = FindDuplicates(statements, zone);
        if (duplicates.Count > 0)
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Duplicate, head, duplicates);

        Execute(statements.MoveHead, moved.Version, serial, zone.ZoneId, zone.ExpectedVersion);
        for (int at = 0; at < zone.Entries.Count; at++)
            AddEntry(statements, commitId, zone.ZoneId, zone.ExpectedVersion + at + 1, zone.Entries[at]);
        Execute(statements.AddCommit, commitId.ToString("D"), zone.ZoneId, moved.Version, serial, Backend.TimeParameter(now));
        if (zone.Import is { } import)
            Execute(statements.SetImport, import.Hash.ToArray(), (long)import.Serial.Value, zone.ZoneId);
        if (zone.Checkpoint is { } checkpoint)
            Execute(statements.CompleteCheckpoint, Backend.TimeParameter(now), checkpoint);
        return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Won, moved, []);
    }

    private static ZoneHead? ReadHead(SqliteStatements statements, long zoneId)
    {
        using DbDataReader row = SqliteStatements.With(statements.Head, zoneId).ExecuteReader();
        return row.Read() && row.IsDBNull(3) ? SqlZoneDirectory.ReadHead(row) : null;
    }

    private List<DuplicateRequest> FindDuplicates(SqliteStatements statements, ZoneAppend zone)
    {
        List<DuplicateRequest> found = [];
        for (int at = 0; at < zone.Entries.Count; at++)
        {
            if (zone.Entries[at].Request is not { } request)
                continue;
            object until = Backend.TimeParameter(request.KeepUntil);
            if (SqliteStatements.With(statements.FindRequest, until, request.KeyName, request.Mac.ToArray()).ExecuteScalar() is long rcode)
                found.Add(new DuplicateRequest(at, (ushort)rcode));
        }

        return found;
    }

    private void AddEntry(SqliteStatements statements, Guid commitId, long zoneId, long version, JournalEntry entry)
    {
        Execute(
            statements.AddEntry,
            zoneId,
            version,
            (long?)entry.SerialFrom?.Value,
            (long)entry.SerialTo.Value,
            SqlWords.Of(entry.Origin),
            entry.KeyName,
            entry.Peer,
            entry.Node,
            Backend.TimeParameter(entry.Time),
            commitId.ToString("D"),
            (long?)entry.MessageId,
            entry.MacDigest.IsEmpty ? null : entry.MacDigest.ToArray(),
            entry.IsBaseline ? 1L : 0L,
            entry.Wire.ToArray(),
            entry.Text);
        if (entry.Request is { } request)
        {
            Execute(
                statements.AddRequest,
                request.KeyName,
                request.Mac.ToArray(),
                (long)request.Rcode,
                Backend.TimeParameter(request.KeepUntil));
        }
    }

    /// <summary>
    /// Runs a statement that changes one row. Anything else contradicts what was checked before it, and ends the transaction.
    /// </summary>
    private static void Execute(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        int rows = SqliteStatements.With(command, values).ExecuteNonQuery();
        if (rows != 1)
            throw new InvalidDataException($"a statement of the journal changed {rows} rows instead of one: {command.CommandText}");
    }
}
