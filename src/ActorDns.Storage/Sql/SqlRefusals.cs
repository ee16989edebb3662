using System.Data.Common;
using System.Text;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>The last refusals in the table <c>refusal</c>.</summary>
internal sealed class SqlRefusals(SqlBackend backend, int capacityRows) : IRefusals
{
    public ValueTask<StoreResult<int>> AddAsync(IReadOnlyList<Refusal> refusals, CancellationToken cancellation) =>
        backend.WriteAsync<int>(
            async session =>
            {
                foreach (Refusal refusal in refusals.TakeLast(capacityRows))
                {
                    await session.ExecuteAsync(
                        """
                        INSERT INTO refusal (at, node, operation, zone, peer, key_name, answer, rule, content)
                        VALUES (@at, @node, @operation, @zone, @peer, @key, @answer, @rule, @content)
                        """,
                        ("at", refusal.Time),
                        ("node", refusal.Node),
                        ("operation", refusal.Operation),
                        ("zone", refusal.Zone),
                        ("peer", refusal.Peer),
                        ("key", refusal.KeyName),
                        ("answer", refusal.Answer),
                        ("rule", refusal.Rule),
                        ("content", refusal.Content));
                }

                await session.ExecuteAsync(
                    "DELETE FROM refusal WHERE id <= (SELECT max(id) FROM refusal) - @capacity", ("capacity", capacityRows));
                return new(refusals.Count);
            },
            cancellation);

    public ValueTask<StoreResult<IReadOnlyList<Refusal>>> SearchAsync(RefusalFilter filter, CancellationToken cancellation)
    {
        StringBuilder where = new("1 = 1");
        List<(string, object?)> values = [("limit", filter.LimitEntries)];
        foreach ((string condition, string name, object? value) in ((string, string, object?)[])
            [
                (" AND zone = @zone", "zone", filter.Zone),
                (" AND lower(key_name) = @key", "key", filter.KeyName?.ToLowerInvariant()),
                (" AND at >= @since", "since", filter.Since),
            ])
        {
            if (value is null)
                continue;
            where.Append(condition);
            values.Add((name, value));
        }

        return backend.ReadAsync<IReadOnlyList<Refusal>>(
            async session => new(await session.ListAsync(
                $"""
                SELECT at, node, operation, zone, peer, key_name, answer, rule, content FROM refusal
                WHERE {where} ORDER BY id DESC LIMIT @limit
                """,
                Read,
                [.. values])),
            cancellation);
    }

    private Refusal Read(DbDataReader row) => new()
    {
        Time = backend.ReadTime(row, 0),
        Node = row.GetString(1),
        Operation = row.GetString(2),
        Zone = row.GetString(3),
        Peer = row.GetString(4),
        KeyName = row.IsDBNull(5) ? null : row.GetString(5),
        Answer = row.GetString(6),
        Rule = row.GetString(7),
        Content = row.GetString(8),
    };
}
