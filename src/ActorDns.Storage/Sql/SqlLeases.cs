using System.Data.Common;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>Leases in the table <c>lease</c>. A row stays when its lease is over, so that tokens never come back.</summary>
internal sealed class SqlLeases(SqlBackend backend) : ILeases
{
    public ValueTask<StoreResult<Lease>> AcquireAsync(
        string name, string holder, TimeSpan duration, CancellationToken cancellation) =>
        backend.WriteAsync<Lease>(
            async session =>
            {
                DateTimeOffset now = await session.ReadClockAsync();
                await session.ExecuteAsync(
                    """
                    INSERT INTO lease (name, holder, token, held_until) VALUES (@name, @holder, 1, @until)
                    ON CONFLICT (name) DO UPDATE SET
                        token = CASE WHEN lease.holder = @holder AND lease.held_until > @now THEN lease.token ELSE lease.token + 1 END,
                        holder = excluded.holder,
                        held_until = excluded.held_until
                    WHERE lease.holder = @holder OR lease.held_until <= @now
                    """,
                    ("name", name),
                    ("holder", holder),
                    ("now", now),
                    ("until", now + duration));
                return new((await session.ListAsync(
                    "SELECT name, token, holder, held_until FROM lease WHERE name = @name", Read, ("name", name)))[0]);
            },
            cancellation);

    public ValueTask<StoreResult<bool>> ReleaseAsync(LeaseToken token, CancellationToken cancellation) =>
        backend.WriteAsync<bool>(
            async session => new(await session.ExecuteAsync(
                "UPDATE lease SET held_until = @now WHERE name = @name AND token = @token",
                ("name", token.Name),
                ("token", token.Number),
                ("now", await session.ReadClockAsync())) == 1),
            cancellation);

    private Lease Read(DbDataReader row) =>
        new(new LeaseToken(row.GetString(0), row.GetInt64(1)), row.GetString(2), backend.ReadTime(row, 3));
}
