using System.Globalization;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>
/// Members in the table <c>node</c>. A heartbeat is one round trip and does not wait for a disk or a standby: one that a crash forgets is
/// made up for by the next.
/// </summary>
internal sealed class PostgreSqlMembers(PostgreSqlBackend backend) : IClusterMembers
{
    /// <summary>For the transaction that the batch is.</summary>
    private const string DoNotWait = "SELECT set_config('synchronous_commit', 'off', true)";

    /// <summary>$1..$9: the report, $10: how long another process is taken to be alive.</summary>
    private const string Beat = """
        INSERT INTO node AS n (
            name, incarnation, state, addresses, program, schema_version, zones, updates, is_lagging, started_at, seen_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp(), clock_timestamp())
        ON CONFLICT (name) DO UPDATE SET incarnation = excluded.incarnation, state = excluded.state, addresses = excluded.addresses,
            program = excluded.program, schema_version = excluded.schema_version, zones = excluded.zones, updates = excluded.updates,
            is_lagging = excluded.is_lagging, seen_at = excluded.seen_at,
            started_at = CASE WHEN n.incarnation = excluded.incarnation THEN n.started_at ELSE excluded.started_at END
        WHERE CASE WHEN n.incarnation = excluded.incarnation THEN n.state <> 'left'
            ELSE n.state = 'left' OR n.seen_at <= excluded.seen_at - $10 END
        """;

    private const string Leave =
        "UPDATE node SET state = 'left', seen_at = clock_timestamp() WHERE incarnation = $1 AND state <> 'left'";

    /// <summary>One row at least, with nothing but the first two columns when there is no node.</summary>
    private const string All = """
        SELECT c.now, (SELECT COALESCE(max(minimum_reader), 0) FROM schema_version), n.name, n.incarnation, n.state, n.addresses, n.program,
            n.schema_version, n.zones, n.updates, n.is_lagging, n.started_at, n.seen_at
        FROM (SELECT clock_timestamp() AS now) c LEFT JOIN node n ON true
        ORDER BY n.name COLLATE "C"
        """;

    public ValueTask<StoreResult<ClusterView>> HeartbeatAsync(MemberReport own, TimeSpan aliveFor, CancellationToken cancellation) =>
        backend.ReadAsync<ClusterView>(
            async session =>
            {
                await using NpgsqlBatch batch = new((NpgsqlConnection)session.Connection);
                batch.BatchCommands.Add(PostgreSqlArrays.Command(DoNotWait));
                batch.BatchCommands.Add(BeatOf(own, aliveFor));
                batch.BatchCommands.Add(PostgreSqlArrays.Command(All));
                await using NpgsqlDataReader row = await batch.ExecuteReaderAsync(cancellation);
                await row.NextResultAsync(cancellation);
                (ClusterView view, int minimumReader) = await ReadAsync(row, cancellation);
                return minimumReader > own.SchemaVersion
                    ? new(StoreStatus.Refused, TooOld(minimumReader, own.SchemaVersion))
                    : Judge(view, own);
            },
            cancellation);

    public ValueTask<StoreResult<ClusterView>> ReadAsync(CancellationToken cancellation) =>
        backend.ReadAsync<ClusterView>(
            async session =>
            {
                await using NpgsqlCommand command = new(All, (NpgsqlConnection)session.Connection);
                await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellation);
                return new((await ReadAsync(row, cancellation)).View);
            },
            cancellation);

    public ValueTask<StoreResult<bool>> LeaveAsync(Guid incarnation, CancellationToken cancellation) =>
        backend.ReadAsync<bool>(
            async session =>
            {
                await using NpgsqlBatch batch = new((NpgsqlConnection)session.Connection);
                batch.BatchCommands.Add(PostgreSqlArrays.Command(DoNotWait));
                batch.BatchCommands.Add(PostgreSqlArrays.Command(Leave, incarnation));
                await batch.ExecuteNonQueryAsync(cancellation);
                return new(batch.BatchCommands[1].Rows == 1);
            },
            cancellation);

    private static StoreResult<ClusterView> Judge(ClusterView view, MemberReport own)
    {
        ClusterMember known = view.Members.First(member => member.Report.Node == own.Node);
        if (known.Report.Incarnation != own.Incarnation)
        {
            return new(StoreStatus.Refused, string.Create(
                CultureInfo.InvariantCulture,
                $"another process is node '{own.Node}': it serves at {string.Join(", ", known.Report.Addresses)} and was seen "
                + $"{(view.Now - known.SeenAt).TotalSeconds:F1} s ago; give each node a name of its own, or end that one first"));
        }

        return known.Report.State == MemberState.Left && own.State != MemberState.Left
            ? new(StoreStatus.Refused, $"this process has left the cluster as node '{own.Node}'")
            : new(view);
    }

    private static string TooOld(int minimumReader, int known) =>
        $"the store needs a program that knows schema version {minimumReader} by now; this one knows {known}: upgrade it";

    private static NpgsqlBatchCommand BeatOf(MemberReport own, TimeSpan aliveFor)
    {
        NpgsqlBatchCommand command = PostgreSqlArrays.Command(Beat, own.Node);
        PostgreSqlArrays.Add(command, own.Incarnation);
        PostgreSqlArrays.Add(command, SqlWords.Of(own.State));
        PostgreSqlArrays.Add(command, own.Addresses.ToArray());
        PostgreSqlArrays.Add(command, own.Version);
        PostgreSqlArrays.Add(command, own.SchemaVersion);
        PostgreSqlArrays.Add(command, own.Zones);
        PostgreSqlArrays.Add(command, own.Updates);
        PostgreSqlArrays.Add(command, own.IsLagging);
        PostgreSqlArrays.Add(command, aliveFor);
        return command;
    }

    private static async ValueTask<(ClusterView View, int MinimumReader)> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        DateTimeOffset now = default;
        int minimumReader = 0;
        List<ClusterMember> members = [];
        while (await row.ReadAsync(cancellation))
        {
            now = row.GetFieldValue<DateTime>(0);
            minimumReader = row.GetInt32(1);
            if (!row.IsDBNull(2))
                members.Add(ReadMember(row));
        }

        return (new ClusterView(now, members), minimumReader);
    }

    private static ClusterMember ReadMember(NpgsqlDataReader row) => new(
        new MemberReport(
            row.GetString(2),
            row.GetGuid(3),
            SqlWords.ParseState(row.GetString(4)),
            row.GetFieldValue<string[]>(5),
            row.GetString(6),
            row.GetInt32(7),
            row.GetInt32(8),
            row.GetInt64(9),
            row.GetBoolean(10)),
        row.GetFieldValue<DateTime>(11),
        row.GetFieldValue<DateTime>(12));
}
