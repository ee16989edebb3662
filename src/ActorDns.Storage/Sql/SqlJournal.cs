using System.Data.Common;
using System.Text;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>Reading and trimming the journal, the same for both databases; writing is each one's own.</summary>
internal abstract class SqlJournal(SqlBackend backend) : IJournal
{
    private const string Columns = """
        SELECT zone_id, version, commit_id, serial_from, serial_to, origin, at, node, key_name, peer, message_id, mac_digest, wire, diff
        FROM journal
        """;

    private readonly JournalTrim _trim = new(backend);

    protected SqlBackend Backend => backend;

    public abstract ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(
        AppendGroup group, CancellationToken cancellation);

    /// <remarks>
    /// The heads are locked first: whoever writes these zones has ended, one way or the other, when the lock is ours. What is found may be
    /// on this server alone, when the wait for its standbys was cut short; it counts when a later commit is on them.
    /// </remarks>
    public async ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> FindCommitAsync(AppendGroup group, CancellationToken cancellation)
    {
        StoreResult<IReadOnlyList<ZoneOutcome>> found =
            await backend.LookAsync<IReadOnlyList<ZoneOutcome>>(session => FindCommitAsync(session, group), cancellation);
        if (!found.IsDone || found.Value.All(outcome => outcome.Status != ZoneOutcomeStatus.Won))
            return found;
        StoreResult<bool> settled = await backend.SettleAsync(cancellation);
        return settled.IsDone ? found : new(settled.Status, settled.Message);
    }

    public abstract ValueTask<StoreResult<IHeldHead>> HoldAsync(long zoneId, CancellationToken cancellation);

    public virtual ValueTask<StoreResult<IReadOnlyList<DuplicateRequest>>> FindRequestsAsync(
        IReadOnlyList<RequestFingerprint> requests, CancellationToken cancellation) =>
        backend.ReadAsync<IReadOnlyList<DuplicateRequest>>(
            async session =>
            {
                List<DuplicateRequest> known = [];
                for (int at = 0; at < requests.Count; at++)
                {
                    int index = at;
                    known.AddRange(await session.ListAsync(
                        "SELECT rcode FROM request WHERE keep_until = @until AND key_name = @key AND mac = @mac",
                        row => new DuplicateRequest(index, (ushort)row.GetInt32(0)),
                        ("until", requests[at].KeepUntil),
                        ("key", requests[at].KeyName),
                        ("mac", requests[at].Mac)));
                }

                return new(known);
            },
            cancellation);

    public ValueTask<StoreResult<IReadOnlyList<StoredEntry>>> ReadAfterAsync(
        long zoneId, long version, int limitEntries, long limitBytes, CancellationToken cancellation) => ReadPageAsync(
            Columns,
            Read,
            static stored => (stored.Version, stored.Entry.Wire.Length),
            (zoneId, version, limitEntries, limitBytes),
            cancellation);

    public ValueTask<StoreResult<IReadOnlyList<StoredChange>>> ReadChangesAfterAsync(
        long zoneId, long version, int limitEntries, long limitBytes, CancellationToken cancellation) => ReadPageAsync(
            "SELECT zone_id, version, commit_id, serial_to, wire FROM journal",
            static row => new StoredChange(
                row.GetInt64(0), row.GetInt64(1), row.GetGuid(2), new Serial((uint)row.GetInt64(3)), row.GetFieldValue<byte[]>(4)),
            static stored => (stored.Version, stored.Wire.Length),
            (zoneId, version, limitEntries, limitBytes),
            cancellation);

    public ValueTask<StoreResult<long>> FindVersionAsync(long zoneId, Serial serial, CancellationToken cancellation) =>
        backend.ReadAsync<long>(
            async session =>
            {
                long? version = await session.ScalarAsync<long?>(
                    "SELECT version FROM zone WHERE id = @zone AND serial = @serial", ("zone", zoneId), ("serial", (long)serial.Value));
                version ??= await session.ScalarAsync<long?>(
                    """
                    SELECT j.version - 1 FROM journal j WHERE j.zone_id = @zone AND j.serial_from = @serial
                        AND NOT EXISTS (
                            SELECT 1 FROM journal b WHERE b.zone_id = @zone AND b.is_baseline = 1 AND b.version >= j.version)
                    ORDER BY j.version DESC LIMIT 1
                    """,
                    ("zone", zoneId),
                    ("serial", (long)serial.Value));
                return version is { } found
                    ? new(found)
                    : new(StoreStatus.NotFound, $"zone {zoneId}: no differences from serial {serial}");
            },
            cancellation);

    public ValueTask<StoreResult<IReadOnlyList<StoredEntry>>> SearchAsync(JournalFilter filter, CancellationToken cancellation)
    {
        StringBuilder where = new("1 = 1");
        List<(string, object?)> values = [("limit", filter.LimitEntries)];
        Restrict("zone_id = @zone", "zone", filter.ZoneId);
        Restrict("version > @after", "after", filter.AfterVersion);
        Restrict("lower(key_name) = @key", "key", filter.KeyName?.ToLowerInvariant());
        Restrict("origin = @origin", "origin", filter.Origin is { } origin ? SqlWords.Of(origin) : null);
        Restrict("at >= @since", "since", filter.Since);
        Restrict("at < @until", "until", filter.Until);
        if (filter.Owner is { } owner)
        {
            // A line of a difference begins with its sign and the owner; text is searched as one piece that begins with a line end.
            string name = SqlWords.Of(owner);
            string find = backend.PositionFunction;
            Restrict($"({find}(@newline || lower(diff), @added) > 0 OR {find}(@newline || lower(diff), @removed) > 0)", "newline", "\n");
            values.Add(("added", $"\n+{name} "));
            values.Add(("removed", $"\n-{name} "));
        }

        return backend.ReadAsync<IReadOnlyList<StoredEntry>>(
            async session => new(await session.ListAsync(
                $"{Columns} WHERE {where} ORDER BY at DESC, zone_id, version DESC LIMIT @limit", Read, [.. values])),
            cancellation);

        void Restrict(string condition, string name, object? value)
        {
            if (value is null)
                return;
            where.Append(" AND ").Append(condition);
            values.Add((name, value));
        }
    }

    public ValueTask<StoreResult<JournalExtent>> MeasureAsync(long zoneId, CancellationToken cancellation) =>
        backend.ReadAsync<JournalExtent>(
            async session =>
            {
                List<JournalExtent> found = await session.ListAsync(
                    """
                    SELECT kept.entries, kept.bytes, kept.oldest, kept.newest, COALESCE(f.serial_from, f.serial_to), l.serial_to
                    FROM (SELECT count(*) AS entries, CAST(sum(length(wire) + length(diff)) AS BIGINT) AS bytes,
                            min(at) AS oldest, max(at) AS newest, max(version) AS last,
                            COALESCE(max(CASE WHEN is_baseline = 1 THEN version END), min(version)) AS first
                        FROM journal WHERE zone_id = @zone) kept
                    JOIN journal f ON f.zone_id = @zone AND f.version = kept.first
                    JOIN journal l ON l.zone_id = @zone AND l.version = kept.last
                    """,
                    row => new JournalExtent(
                        row.GetInt64(0),
                        row.GetInt64(1),
                        backend.ReadTime(row, 2),
                        backend.ReadTime(row, 3),
                        new Serial((uint)row.GetInt64(4)),
                        new Serial((uint)row.GetInt64(5))),
                    ("zone", zoneId));
                return found.Count == 1 ? new(found[0]) : new(StoreStatus.NotFound, $"zone {zoneId} has no journal");
            },
            cancellation);

    public ValueTask<StoreResult<long>> TrimAsync(long zoneId, RetentionPolicy policy, CancellationToken cancellation) =>
        _trim.ApplyAsync(zoneId, policy, cancellation);

    /// <summary>Throws when a group cannot be right whatever the store holds.</summary>
    public static void Check(AppendGroup group)
    {
        HashSet<long> zones = [];
        HashSet<RequestFingerprint> requests = new(SameRequest.Instance);
        foreach (ZoneAppend zone in group.Zones)
        {
            zone.Check();
            if (!zones.Add(zone.ZoneId))
                throw new ArgumentException($"zone {zone.ZoneId} is twice in one group");
            if (zone.Entries.Any(entry => entry.Request is { } request && !requests.Add(request)))
                throw new ArgumentException($"zone {zone.ZoneId}: a request is twice in one group");
        }
    }

    private async ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> FindCommitAsync(SqlSession session, AppendGroup group)
    {
        Dictionary<long, (ZoneHead Head, bool IsGone)> heads = [];
        foreach (long id in group.Zones.Select(zone => zone.ZoneId).Order())
        {
            foreach ((ZoneHead Head, bool IsGone) found in await session.ListAsync(
                $"SELECT id, version, serial, removed_at FROM zone WHERE id = @id{backend.RowLock}",
                row => (SqlZoneDirectory.ReadHead(row), !row.IsDBNull(3)),
                ("id", id)))
            {
                heads[id] = found;
            }
        }

        Dictionary<long, ZoneHead> written = (await session.ListAsync(
            "SELECT zone_id, version, serial FROM commit_log WHERE commit_id = @id",
            SqlZoneDirectory.ReadHead,
            ("id", group.CommitId))).ToDictionary(head => head.ZoneId);
        return new([.. group.Zones.Select(zone => OutcomeOf(zone.ZoneId))]);

        ZoneOutcome OutcomeOf(long id)
        {
            if (written.TryGetValue(id, out ZoneHead made))
                return new ZoneOutcome(id, ZoneOutcomeStatus.Won, made, []);
            return heads.TryGetValue(id, out (ZoneHead Head, bool IsGone) found) && !found.IsGone
                ? new ZoneOutcome(id, ZoneOutcomeStatus.Lost, found.Head, [])
                : new ZoneOutcome(id, ZoneOutcomeStatus.Gone, new ZoneHead(id, 0, null), []);
        }
    }

    private ValueTask<StoreResult<IReadOnlyList<T>>> ReadPageAsync<T>(
        string columns,
        Func<DbDataReader, T> read,
        Func<T, (long Version, int Bytes)> measure,
        (long ZoneId, long After, int LimitEntries, long LimitBytes) page,
        CancellationToken cancellation)
    {
        return backend.ReadAsync<IReadOnlyList<T>>(
            async session =>
            {
                // The head first: what another node appends between both statements is then in the page and not missing from it.
                long? head = await session.ScalarAsync<long?>("SELECT version FROM zone WHERE id = @zone", ("zone", page.ZoneId));
                List<T> found = [];
                await using DbCommand command = session.Command(
                    $"{columns} WHERE zone_id = @zone AND version > @after ORDER BY version LIMIT @limit",
                    ("zone", page.ZoneId),
                    ("after", page.After),
                    ("limit", page.LimitEntries));
                await using DbDataReader row = await command.ExecuteReaderAsync(cancellation);
                for (long bytes = 0; bytes < page.LimitBytes && await row.ReadAsync(cancellation);)
                {
                    found.Add(read(row));
                    (long version, int size) = measure(found[^1]);
                    if (version != page.After + found.Count)
                        return Missing(page.After + found.Count);
                    bytes += size;
                }

                return found.Count == 0 && (head is null || head > page.After) ? Missing(page.After + 1) : new(found);
            },
            cancellation);

        StoreResult<IReadOnlyList<T>> Missing(long version) =>
            new(StoreStatus.NotFound, $"zone {page.ZoneId}: entry {version} is not in the journal");
    }

    private StoredEntry Read(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetGuid(2), new JournalEntry
    {
        SerialFrom = row.IsDBNull(3) ? null : new Serial((uint)row.GetInt64(3)),
        SerialTo = new Serial((uint)row.GetInt64(4)),
        Origin = SqlWords.ParseOrigin(row.GetString(5)),
        Time = backend.ReadTime(row, 6),
        Node = row.GetString(7),
        KeyName = row.IsDBNull(8) ? null : row.GetString(8),
        Peer = row.IsDBNull(9) ? null : row.GetString(9),
        MessageId = row.IsDBNull(10) ? null : (ushort)row.GetInt32(10),
        MacDigest = row.IsDBNull(11) ? default(ReadOnlyMemory<byte>) : row.GetFieldValue<byte[]>(11),
        Wire = row.GetFieldValue<byte[]>(12),
        Text = row.GetString(13),
    });
}
