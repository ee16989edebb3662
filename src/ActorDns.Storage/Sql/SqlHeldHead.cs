using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>A head that is locked in a transaction, which the append commits.</summary>
internal sealed class SqlHeldHead(
    ZoneHead head,
    SqlHeldTransaction transaction,
    Func<SqlSession, AppendGroup, ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>>> write) : IHeldHead
{
    public ZoneHead Head => head;

    public ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(AppendGroup group, CancellationToken cancellation)
    {
        SqlJournal.Check(group);
        return group.Zones.Count == 1 && group.Zones[0].ZoneId == head.ZoneId
            ? transaction.FinishAsync(session => write(session, group), cancellation)
            : throw new ArgumentException($"the head of zone {head.ZoneId} is held, and no other");
    }

    public ValueTask DisposeAsync() => transaction.DisposeAsync();
}
