using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>A journal in whose way a test can stand.</summary>
internal sealed class HinderedJournal(IJournal inner) : IJournal
{
    private int _appends;
    private int _holds;

    /// <summary>What an append that is not on a held head waits for.</summary>
    public Func<AppendGroup, Task> BeforeAppend { get; set; } = static _ => Task.CompletedTask;

    /// <summary>What the search for a lost outcome waits for.</summary>
    public Func<Task> BeforeFind { get; set; } = static () => Task.CompletedTask;

    /// <summary>Appends that were not on a held head.</summary>
    public int Appends => Volatile.Read(ref _appends);

    /// <summary>Heads taken.</summary>
    public int Holds => Volatile.Read(ref _holds);

    public async ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(AppendGroup group, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _appends);
        await BeforeAppend(group);
        return await inner.AppendAsync(group, cancellation);
    }

    public async ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> FindCommitAsync(AppendGroup group, CancellationToken cancellation)
    {
        await BeforeFind();
        return await inner.FindCommitAsync(group, cancellation);
    }

    public ValueTask<StoreResult<IHeldHead>> HoldAsync(long zoneId, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _holds);
        return inner.HoldAsync(zoneId, cancellation);
    }

    public ValueTask<StoreResult<IReadOnlyList<DuplicateRequest>>> FindRequestsAsync(
        IReadOnlyList<RequestFingerprint> requests, CancellationToken cancellation) => inner.FindRequestsAsync(requests, cancellation);

    public ValueTask<StoreResult<IReadOnlyList<StoredEntry>>> ReadAfterAsync(
        long zoneId, long version, int limitEntries, long limitBytes, CancellationToken cancellation) =>
        inner.ReadAfterAsync(zoneId, version, limitEntries, limitBytes, cancellation);

    public ValueTask<StoreResult<IReadOnlyList<StoredChange>>> ReadChangesAfterAsync(
        long zoneId, long version, int limitEntries, long limitBytes, CancellationToken cancellation) =>
        inner.ReadChangesAfterAsync(zoneId, version, limitEntries, limitBytes, cancellation);

    public ValueTask<StoreResult<long>> FindVersionAsync(long zoneId, Serial serial, CancellationToken cancellation) =>
        inner.FindVersionAsync(zoneId, serial, cancellation);

    public ValueTask<StoreResult<IReadOnlyList<StoredEntry>>> SearchAsync(JournalFilter filter, CancellationToken cancellation) =>
        inner.SearchAsync(filter, cancellation);

    public ValueTask<StoreResult<JournalExtent>> MeasureAsync(long zoneId, CancellationToken cancellation) =>
        inner.MeasureAsync(zoneId, cancellation);

    public ValueTask<StoreResult<long>> TrimAsync(long zoneId, RetentionPolicy policy, CancellationToken cancellation) =>
        inner.TrimAsync(zoneId, policy, cancellation);
}
