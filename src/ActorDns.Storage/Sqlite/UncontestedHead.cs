using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sqlite;

/// <summary>The head of a zone in a store with one writer.</summary>
internal sealed class UncontestedHead(IJournal journal, ZoneHead head) : IHeldHead
{
    public ZoneHead Head => head;

    public ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(AppendGroup group, CancellationToken cancellation) =>
        group.Zones.Count == 1 && group.Zones[0].ZoneId == head.ZoneId
            ? journal.AppendAsync(group, cancellation)
            : throw new ArgumentException($"the head of zone {head.ZoneId} is held, and no other");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
