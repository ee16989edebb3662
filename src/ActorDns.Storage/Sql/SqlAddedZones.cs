using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>Zone statements in the table <c>added_zone</c>.</summary>
internal sealed class SqlAddedZones(SqlBackend backend) : IAddedZones
{
    public ValueTask<StoreResult<bool>> PutAsync(AddedZone zone, CancellationToken cancellation) =>
        backend.WriteAsync<bool>(
            async session =>
            {
                await session.ExecuteAsync(
                    """
                    INSERT INTO added_zone (name, class, view, statement, at) VALUES (@name, @class, @view, @statement, @at)
                    ON CONFLICT (view, class, name) DO UPDATE SET statement = excluded.statement, at = excluded.at
                    """,
                    [.. Key(zone.Key), ("statement", zone.Statement), ("at", zone.Time)]);
                await SqlRevisions.GrowAsync(session, SqlRevisions.ZoneSet);
                return new(true);
            },
            cancellation);

    public ValueTask<StoreResult<bool>> RemoveAsync(ZoneKey key, CancellationToken cancellation) =>
        backend.WriteAsync<bool>(
            async session =>
            {
                bool isRemoved = await session.ExecuteAsync(
                    "DELETE FROM added_zone WHERE name = @name AND class = @class AND view = @view", Key(key)) == 1;
                if (isRemoved)
                    await SqlRevisions.GrowAsync(session, SqlRevisions.ZoneSet);
                return new(isRemoved);
            },
            cancellation);

    public ValueTask<StoreResult<IReadOnlyList<AddedZone>>> ListAsync(CancellationToken cancellation) =>
        backend.ReadAsync<IReadOnlyList<AddedZone>>(
            async session => new(await session.ListAsync(
                "SELECT name, class, view, statement, at FROM added_zone ORDER BY view, class, name",
                row => new AddedZone(
                    SqlWords.ParseKey(row.GetString(0), row.GetString(1), row.GetString(2)),
                    row.GetString(3),
                    backend.ReadTime(row, 4)))),
            cancellation);

    private static (string, object?)[] Key(ZoneKey key) =>
        [("name", SqlWords.Of(key.Name)), ("class", SqlWords.Of(key.Class)), ("view", key.View)];
}
