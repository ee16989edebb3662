using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>Puts a group into the array parameters of <see cref="PostgreSqlStatements"/>: one array per column.</summary>
internal static class PostgreSqlArrays
{
    public static NpgsqlBatchCommand Command(string sql) => new(sql);

    public static NpgsqlBatchCommand Command<T>(string sql, T value)
    {
        NpgsqlBatchCommand command = new(sql);
        Add(command, value);
        return command;
    }

    public static NpgsqlBatchCommand FindRequests(AppendGroup group)
    {
        (int ZoneAt, int EntryAt, RequestFingerprint Request)[] requests =
        [
            .. group.Zones.SelectMany((zone, zoneAt) => zone.Entries
                .Select((entry, entryAt) => (zoneAt, entryAt, entry.Request!))
                .Where(known => known.Item3 is not null)),
        ];
        NpgsqlBatchCommand command = Command(PostgreSqlStatements.FindRequests);
        AddColumn(command, requests, known => known.ZoneAt);
        AddColumn(command, requests, known => known.EntryAt);
        AddColumn(command, requests, known => known.Request.KeepUntil.UtcDateTime);
        AddColumn(command, requests, known => known.Request.KeyName);
        AddColumn(command, requests, known => known.Request.Mac.ToArray());
        return command;
    }

    public static NpgsqlBatchCommand Append(AppendGroup group)
    {
        NpgsqlBatchCommand command = Command(PostgreSqlStatements.Append);
        AddZones(command, group.Zones);
        (long ZoneId, long Version, JournalEntry Entry)[] entries =
        [
            .. group.Zones.SelectMany(zone => zone.Entries
                .Select((entry, at) => (zone.ZoneId, zone.ExpectedVersion + at + 1, entry))),
        ];
        AddEntries(command, entries);
        AddRequests(command, [.. entries.Where(row => row.Entry.Request is not null).Select(row => (row.ZoneId, row.Entry.Request!))]);
        Add(command, group.CommitId);
        AddColumn(command, group.Zones, zone => zone.IsEdit);
        return command;
    }

    private static void AddZones(NpgsqlBatchCommand command, IReadOnlyList<ZoneAppend> zones)
    {
        AddColumn(command, zones, zone => zone.ZoneId);
        AddColumn(command, zones, zone => zone.ExpectedVersion);
        AddColumn(command, zones, zone => zone.Entries.Count);
        AddColumn(command, zones, zone => (long)zone.Entries[^1].SerialTo.Value);
        AddColumn(command, zones, zone => zone.Lease?.Name);
        AddColumn(command, zones, zone => zone.Lease?.Number);
        AddColumn(command, zones, zone => zone.Import?.Hash.ToArray());
        AddColumn(command, zones, zone => (long?)zone.Import?.Serial.Value);
        AddColumn(command, zones, zone => zone.Checkpoint);
    }

    private static void AddEntries(NpgsqlBatchCommand command, (long ZoneId, long Version, JournalEntry Entry)[] rows)
    {
        AddColumn(command, rows, row => row.ZoneId);
        AddColumn(command, rows, row => row.Version);
        AddColumn(command, rows, row => (long?)row.Entry.SerialFrom?.Value);
        AddColumn(command, rows, row => (long)row.Entry.SerialTo.Value);
        AddColumn(command, rows, row => SqlWords.Of(row.Entry.Origin));
        AddColumn(command, rows, row => row.Entry.KeyName);
        AddColumn(command, rows, row => row.Entry.Peer);
        AddColumn(command, rows, row => row.Entry.Node);
        AddColumn(command, rows, row => row.Entry.Time.UtcDateTime);
        AddColumn(command, rows, row => (int?)row.Entry.MessageId);
        AddColumn(command, rows, row => row.Entry.MacDigest.IsEmpty ? null : row.Entry.MacDigest.ToArray());
        AddColumn(command, rows, row => row.Entry.IsBaseline ? 1 : 0);
        AddColumn(command, rows, row => row.Entry.Wire.ToArray());
        AddColumn(command, rows, row => row.Entry.Text);
    }

    private static void AddRequests(NpgsqlBatchCommand command, (long ZoneId, RequestFingerprint Request)[] rows)
    {
        AddColumn(command, rows, row => row.ZoneId);
        AddColumn(command, rows, row => row.Request.KeyName);
        AddColumn(command, rows, row => row.Request.Mac.ToArray());
        AddColumn(command, rows, row => (int)row.Request.Rcode);
        AddColumn(command, rows, row => row.Request.KeepUntil.UtcDateTime);
    }

    private static void AddColumn<TRow, TValue>(NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        TValue[] column = new TValue[rows.Count];
        for (int at = 0; at < column.Length; at++)
            column[at] = value(rows[at]);
        Add(command, column);
    }

    public static void Add<T>(NpgsqlBatchCommand command, T value) =>
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
}
