using System.Data.Common;
using System.Globalization;
using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Storage.Sql;

/// <summary>
/// The registry in the tables <c>key_registry</c>, <c>registered_key</c>, <c>key_confirmation</c> and <c>key_use</c>. Each write of keys
/// moves the
/// one row of <c>key_registry</c> first, so that writers come one after the other and versions without gaps.
/// </summary>
internal sealed class SqlKeys(SqlBackend backend) : IKeys
{
    public ValueTask<StoreResult<long>> ReadVersionAsync(CancellationToken cancellation) =>
        backend.ReadAsync<long>(
            async session => new(await session.ScalarAsync<long>("SELECT version FROM key_registry")), cancellation);

    public ValueTask<StoreResult<KeyTable>> ReadAsync(CancellationToken cancellation) =>
        backend.ReadAsync<KeyTable>(
            async session =>
            {
                // The version is read first: what is written meanwhile is seen with a version that is too old, and read again.
                long version = await session.ScalarAsync<long>("SELECT version FROM key_registry");
                List<StoredKey> keys = await session.ListAsync(
                    """
                    SELECT kind, line, generation, name, algorithm, sealed, state, created_at, activated_at, retiring_at, ended_at,
                        predecessor, is_held, every_seconds, overlap_seconds, peers, row_version, ring_version
                    FROM registered_key ORDER BY kind, line, generation
                    """,
                    ReadKey);
                List<(string Node, long Version)> confirmed = await session.ListAsync(
                    "SELECT node, version FROM key_confirmation", row => (row.GetString(0), row.GetInt64(1)));
                return new(new KeyTable(
                    version,
                    await session.ReadClockAsync(),
                    keys,
                    confirmed.ToDictionary(one => one.Node, one => one.Version, StringComparer.Ordinal)));
            },
            cancellation);

    public async ValueTask<StoreResult<KeyWriteStatus>> WriteAsync(
        IReadOnlyList<StoredKey> keys, LeaseToken? lease, CancellationToken cancellation)
    {
        KeyWriteStatus refused = KeyWriteStatus.Written;
        StoreResult<KeyWriteStatus> result = await backend.WriteAsync<KeyWriteStatus>(
            async session =>
            {
                await session.ExecuteAsync("UPDATE key_registry SET version = version + 1");
                long version = await session.ScalarAsync<long>("SELECT version FROM key_registry");
                if (lease is { } token && !await HoldsAsync(session, token))
                    refused = KeyWriteStatus.Fenced;
                foreach (StoredKey key in keys)
                {
                    if (refused == KeyWriteStatus.Written && !await WriteAsync(session, key, version))
                        refused = KeyWriteStatus.Lost;
                }

                if (refused == KeyWriteStatus.Written)
                    await SqlRevisions.GrowAsync(session, SqlRevisions.Keys);

                // A status other than done takes back what was written so far.
                return refused == KeyWriteStatus.Written ? new(refused) : new(StoreStatus.NotFound, "");
            },
            cancellation);
        return refused != KeyWriteStatus.Written && result.Status == StoreStatus.NotFound ? new(refused) : result;
    }

    public ValueTask<StoreResult<bool>> ConfirmAsync(string node, long version, CancellationToken cancellation) =>
        backend.WriteAsync<bool>(
            async session => new(await session.ExecuteAsync(
                """
                INSERT INTO key_confirmation (node, version, at) VALUES (@node, @version, @at)
                ON CONFLICT (node) DO UPDATE SET version = excluded.version, at = excluded.at
                WHERE key_confirmation.version < excluded.version
                """,
                ("node", node),
                ("version", version),
                ("at", await session.ReadClockAsync())) == 1),
            cancellation);

    public ValueTask<StoreResult<int>> RecordUsesAsync(IReadOnlyList<KeyUse> uses, CancellationToken cancellation) =>
        backend.WriteAsync<int>(
            async session =>
            {
                // In one order at all nodes, so that two of them never wait for each other crosswise.
                foreach (KeyUse use in uses.OrderBy(use => (SqlWords.Of(use.Line), use.Generation, use.Peer, use.Operation)))
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO key_use (line, generation, peer, node, operation, last_used_at, uses)
                        VALUES (@line, @generation, @peer, @node, @operation, @at, @count)
                        ON CONFLICT (line, generation, peer, node, operation) DO UPDATE SET
                            uses = key_use.uses + excluded.uses,
                            last_used_at = CASE WHEN key_use.last_used_at > excluded.last_used_at
                                THEN key_use.last_used_at ELSE excluded.last_used_at END
                        """,
                        ("line", SqlWords.Of(use.Line)),
                        ("generation", use.Generation),
                        ("peer", use.Peer),
                        ("node", use.Node),
                        ("operation", use.Operation),
                        ("at", use.LastUsed),
                        ("count", use.Count));
                }

                return new(uses.Count);
            },
            cancellation);

    public ValueTask<StoreResult<IReadOnlyList<KeyUse>>> ListUsesAsync(CancellationToken cancellation) =>
        backend.ReadAsync<IReadOnlyList<KeyUse>>(
            async session => new(await session.ListAsync(
                """
                SELECT line, generation, peer, node, operation, last_used_at, uses FROM key_use
                ORDER BY last_used_at DESC, line, generation, peer, node, operation
                """,
                row => new KeyUse(
                    NameOf(row.GetString(0)),
                    row.GetInt32(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetString(4),
                    backend.ReadTime(row, 5),
                    row.GetInt64(6)))),
            cancellation);

    private async ValueTask<bool> HoldsAsync(SqlSession session, LeaseToken token) =>
        await session.ScalarAsync<string>(
            $"SELECT name FROM lease WHERE name = @name AND token = @token{backend.RowLock}",
            ("name", token.Name),
            ("token", token.Number)) is not null;

    private static async ValueTask<bool> WriteAsync(SqlSession session, StoredKey stored, long version)
    {
        RegisteredKey key = stored.Key;
        string sql = key.RowVersion == 0
            ? """
              INSERT INTO registered_key (kind, line, generation, name, algorithm, sealed, state, created_at, activated_at, retiring_at,
                  ended_at, predecessor, is_held, every_seconds, overlap_seconds, peers, row_version, ring_version)
              VALUES (@kind, @line, @generation, @name, @algorithm, @sealed, @state, @created, @activated, @retiring, @ended, @predecessor,
                  @held, @every, @overlap, @peers, @seen + 1, @ring)
              ON CONFLICT (kind, line, generation) DO NOTHING
              """
            : """
              UPDATE registered_key SET name = @name, algorithm = @algorithm, sealed = @sealed, state = @state, created_at = @created,
                  activated_at = @activated, retiring_at = @retiring, ended_at = @ended, predecessor = @predecessor, is_held = @held,
                  every_seconds = @every, overlap_seconds = @overlap, peers = @peers, row_version = @seen + 1, ring_version = @ring
              WHERE kind = @kind AND line = @line AND generation = @generation AND row_version = @seen
              """;
        return await session.ExecuteAsync(
            sql,
            ("kind", SqlWords.Of(key.Kind)),
            ("line", SqlWords.Of(key.Line)),
            ("generation", key.Generation),
            ("name", SqlWords.Of(key.Name)),
            ("algorithm", key.Algorithm),
            ("sealed", stored.Sealed.ToArray()),
            ("state", SqlWords.Of(key.State)),
            ("created", key.Created),
            ("activated", key.Activated),
            ("retiring", key.RetiringSince),
            ("ended", key.Ended),
            ("predecessor", key.Predecessor),
            ("held", key.IsHeld ? 1 : 0),
            ("every", (long?)key.Every?.TotalSeconds),
            ("overlap", (long)key.Overlap.TotalSeconds),
            ("peers", string.Join(' ', key.Peers)),
            ("seen", key.RowVersion),
            ("ring", version)) == 1;
    }

    private StoredKey ReadKey(DbDataReader row)
    {
        RegisteredKey key = new()
        {
            Kind = SqlWords.ParseKeyKind(row.GetString(0)),
            Line = NameOf(row.GetString(1)),
            Generation = row.GetInt32(2),
            Name = NameOf(row.GetString(3)),
            Algorithm = row.GetString(4),
            State = SqlWords.ParseKeyState(row.GetString(6)),
            Created = backend.ReadTime(row, 7),
            Activated = TimeAt(row, 8),
            RetiringSince = TimeAt(row, 9),
            Ended = TimeAt(row, 10),
            Predecessor = row.IsDBNull(11) ? null : row.GetInt32(11),
            IsHeld = row.GetInt32(12) != 0,
            Every = row.IsDBNull(13) ? null : TimeSpan.FromSeconds(row.GetInt64(13)),
            Overlap = TimeSpan.FromSeconds(row.GetInt64(14)),
            Peers =
            [
                .. row.GetString(15).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(peer => NetAddress.From(System.Net.IPAddress.Parse(peer))),
            ],
            RowVersion = row.GetInt64(16),
            RingVersion = row.GetInt64(17),
        };
        return new StoredKey(key, row.GetFieldValue<byte[]>(5));
    }

    private DateTimeOffset? TimeAt(DbDataReader row, int column) => row.IsDBNull(column) ? null : backend.ReadTime(row, column);

    private static DomainName NameOf(string text) => DomainName.TryParse(text, DomainName.Root, out DomainName name)
        ? name
        : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"the store holds an unreadable key name '{text}'"));
}
