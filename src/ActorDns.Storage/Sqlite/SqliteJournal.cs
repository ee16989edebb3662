using ActorDns.Protocol.Records;
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
    private readonly SqlZoneDirectory _zones = new(backend);
    private readonly RecentRequests _recent = new();

    public override ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(
        AppendGroup group, CancellationToken cancellation)
    {
        Check(group);
        return Backend.WriteAsync<IReadOnlyList<ZoneOutcome>>(
            async session =>
            {
                SqliteStatements statements = backend.StatementsOf((SqliteConnection)session.Connection);
                if (!statements.IsEpoch.BindId(group.Epoch).HasRow())
                    return new(StoreStatus.WrongEpoch, "the store is not the one that was opened");
                _recent.Follow(statements);
                DateTimeOffset now = await session.ReadClockAsync();
                ZoneOutcome[] outcomes = new ZoneOutcome[group.Zones.Count];
                for (int at = 0; at < outcomes.Length; at++)
                    outcomes[at] = Append(statements, group.CommitId, group.Zones[at], now);
                return new(outcomes);
            },
            cancellation);
    }

    /// <remarks>
    /// One process has the file: there is nobody to be kept out, and a transaction held open would keep out its own zones.
    /// </remarks>
    public override async ValueTask<StoreResult<IHeldHead>> HoldAsync(long zoneId, CancellationToken cancellation)
    {
        StoreResult<StoredZone> found = await _zones.FindAsync(zoneId, cancellation);
        return found.IsDone ? new(new UncontestedHead(this, found.Value.Head)) : new(found.Status, found.Message);
    }

    public override async ValueTask<StoreResult<IReadOnlyList<DuplicateRequest>>> FindRequestsAsync(
        IReadOnlyList<RequestFingerprint> requests, CancellationToken cancellation) =>
        requests.Any(_recent.MayHold)
            ? await base.FindRequestsAsync(requests, cancellation)
            : new StoreResult<IReadOnlyList<DuplicateRequest>>([]);

    private ZoneOutcome Append(SqliteStatements statements, Guid commitId, ZoneAppend zone, DateTimeOffset now)
    {
        if (ReadHead(statements, zone.ZoneId, out bool isFrozen) is not { } head)
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Gone, new ZoneHead(zone.ZoneId, 0, null), []);
        if (head.Version != zone.ExpectedVersion)
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Lost, head, []);
        if (zone.Lease is { } lease && !statements.Lease.BindText(lease.Name).Bind(lease.Number).HasRow())
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Fenced, head, []);
        ZoneHead moved = new(zone.ZoneId, zone.ExpectedVersion + zone.Entries.Count, zone.Entries[^1].SerialTo);
        long serial = moved.Serial!.Value.Value;
        if (zone.Checkpoint is { } staged
            && !statements.FindCheckpoint.Bind(staged).Bind(zone.ZoneId).Bind(moved.Version).Bind(serial).HasRow())
        {
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.NotStaged, head, []);
        }

        List<DuplicateRequest> duplicates = FindDuplicates(statements, zone);
        if (duplicates.Count > 0)
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Duplicate, head, duplicates);
        if (isFrozen && zone.IsEdit)
            return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Frozen, head, []);

        statements.MoveHead.Bind(moved.Version).Bind(serial).Bind(zone.ZoneId).Bind(zone.ExpectedVersion).ChangeOne();
        for (int at = 0; at < zone.Entries.Count; at++)
            AddEntry(statements, commitId, zone.ZoneId, zone.ExpectedVersion + at + 1, zone.Entries[at]);
        statements.AddCommit.BindId(commitId).Bind(zone.ZoneId).Bind(moved.Version).Bind(serial).BindTime(now).ChangeOne();
        if (zone.Import is { } import)
            statements.SetImport.BindBlob(import.Hash.Span).Bind(import.Serial.Value).Bind(zone.ZoneId).ChangeOne();
        if (zone.Checkpoint is { } checkpoint)
            statements.CompleteCheckpoint.BindTime(now).Bind(checkpoint).ChangeOne();
        return new ZoneOutcome(zone.ZoneId, ZoneOutcomeStatus.Won, moved, []);
    }

    private static ZoneHead? ReadHead(SqliteStatements statements, long zoneId, out bool isFrozen)
    {
        (ZoneHead Head, bool IsFrozen)? found = statements.Head.Bind(zoneId).FirstRow(static row => (
            new ZoneHead(row.Int64(0), row.Int64(1), row.NullableInt64(2) is { } serial ? new Serial((uint)serial) : null),
            row.Int64(3) != 0));
        isFrozen = found?.IsFrozen ?? false;
        return found?.Head;
    }

    private List<DuplicateRequest> FindDuplicates(SqliteStatements statements, ZoneAppend zone)
    {
        List<DuplicateRequest> found = [];
        for (int at = 0; at < zone.Entries.Count; at++)
        {
            if (zone.Entries[at].Request is { } request
                && _recent.MayHold(request, statements)
                && statements.FindRequest.BindTime(request.KeepUntil).BindText(request.KeyName).BindBlob(request.Mac.Span)
                    .FirstRow(static row => row.Int64(0)) is { } rcode)
            {
                found.Add(new DuplicateRequest(at, (ushort)rcode));
            }
        }

        return found;
    }

    private void AddEntry(SqliteStatements statements, Guid commitId, long zoneId, long version, JournalEntry entry)
    {
        statements.AddEntry
            .Bind(zoneId)
            .Bind(version)
            .Bind(entry.SerialFrom?.Value)
            .Bind(entry.SerialTo.Value)
            .BindText(SqlWords.Of(entry.Origin))
            .BindText(entry.KeyName)
            .BindText(entry.Peer)
            .BindText(entry.Node)
            .BindTime(entry.Time)
            .BindId(commitId)
            .Bind(entry.MessageId)
            .BindBlobOrNull(entry.MacDigest.Span)
            .Bind(entry.IsBaseline ? 1 : 0)
            .BindBlob(entry.Wire.Span)
            .BindText(entry.Utf8Text.Span)
            .ChangeOne();
        if (entry.Request is { } request)
        {
            _recent.Add(request);
            statements.AddRequest
                .BindTime(request.KeepUntil).BindText(request.KeyName).BindBlob(request.Mac.Span).Bind(request.Rcode).ChangeOne();
        }
    }
}
