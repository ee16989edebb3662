using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using Npgsql;

namespace ActorDns.Storage.PostgreSql;

/// <summary>
/// The feed by snapshots. What a snapshot did not show was either at work when it was taken, and is in its list, or began later, and has a
/// number from its upper end on: both are looked up in the index of transactions, so that a poll costs what has changed, however long an
/// unrelated transaction holds back the horizon.
/// </summary>
internal sealed class PostgreSqlFeed(PostgreSqlBackend backend) : IChangeFeed
{
    /// <summary>
    /// Numbers of transactions go on where they were when a server starts again, but not when another takes its place or its files are
    /// brought back from a backup; both start a server.
    /// </summary>
    private const string Position =
        "(extract(epoch FROM pg_postmaster_start_time()) * 1000000)::bigint AS server_start, pg_current_snapshot()::text AS snapshot";

    private const string Start = $"SELECT {Position}";

    /// <summary>$1: the snapshot of the position. One row at least, without a zone when nothing has changed.</summary>
    internal const string Read = $"""
        WITH moved AS (
            SELECT zone_id FROM journal WHERE xact >= pg_snapshot_xmax($1::pg_snapshot)
            UNION
            SELECT zone_id FROM journal WHERE xact = ANY (ARRAY(SELECT pg_snapshot_xip($1::pg_snapshot)))
        )
        SELECT p.server_start, p.snapshot, p.zone_set, p.keys, z.id, z.version, z.serial
        FROM (
            SELECT {Position},
                (SELECT revision FROM store_revision WHERE topic = '{SqlRevisions.ZoneSet}') AS zone_set,
                (SELECT revision FROM store_revision WHERE topic = '{SqlRevisions.Keys}') AS keys
        ) p
        LEFT JOIN (moved JOIN zone z ON z.id = moved.zone_id AND z.removed_at IS NULL) ON true
        ORDER BY z.id
        """;

    public ValueTask<StoreResult<FeedPosition>> StartAsync(CancellationToken cancellation) =>
        backend.ReadAsync<FeedPosition>(
            async session => new((await session.ListAsync(Start, row => new FeedPosition(row.GetInt64(0), row.GetString(1))))[0]),
            cancellation);

    public ValueTask<StoreResult<FeedPage>> ReadAsync(FeedPosition position, CancellationToken cancellation) =>
        backend.ReadAsync<FeedPage>(
            async session =>
            {
                await using NpgsqlCommand command = new(Read, (NpgsqlConnection)session.Connection);
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = position.Snapshot });
                await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellation);
                List<ZoneHead> zones = [];
                FeedPosition next = default;
                StoreRevisions revisions = default;
                while (await row.ReadAsync(cancellation))
                {
                    next = new FeedPosition(row.GetInt64(0), row.GetString(1));
                    revisions = new StoreRevisions(row.GetInt64(2), row.GetInt64(3));
                    if (!row.IsDBNull(4))
                    {
                        zones.Add(new ZoneHead(
                            row.GetInt64(4), row.GetInt64(5), row.IsDBNull(6) ? null : new Serial((uint)row.GetInt64(6))));
                    }
                }

                return next.ServerStart == position.ServerStart
                    ? new(new FeedPage(zones, revisions, next))
                    : new(StoreStatus.NotFound, "the server was started since, or it is another one: all heads are to be compared");
            },
            cancellation);
}
