using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Tests.Keys;

/// <summary>A store whose registry cannot be reached while a test says so.</summary>
internal sealed class AwayStore(IJournalStore inner) : IJournalStore, IKeys
{
    private volatile bool _isAway;

    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    public IZoneDirectory Zones => inner.Zones;

    public IJournal Journal => inner.Journal;

    public ICheckpoints Checkpoints => inner.Checkpoints;

    public IAddedZones AddedZones => inner.AddedZones;

    public IRefusals Refusals => inner.Refusals;

    public IKeys Keys => this;

    public ILeases Leases => inner.Leases;

    public ICluster? Cluster => inner.Cluster;

    public ValueTask<StoreResult<StoreIdentity>> OpenAsync(CancellationToken cancellation) =>
        OrAway(() => inner.OpenAsync(cancellation));

    public ValueTask<StoreResult<int>> OpenForReadingAsync(CancellationToken cancellation) =>
        OrAway(() => inner.OpenForReadingAsync(cancellation));

    public ValueTask<StoreResult<long>> SweepAsync(TimeSpan keepRemovedZones, CancellationToken cancellation) =>
        OrAway(() => inner.SweepAsync(keepRemovedZones, cancellation));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    ValueTask<StoreResult<long>> IKeys.ReadVersionAsync(CancellationToken cancellation) =>
        OrAway(() => inner.Keys.ReadVersionAsync(cancellation));

    ValueTask<StoreResult<KeyTable>> IKeys.ReadAsync(CancellationToken cancellation) =>
        OrAway(() => inner.Keys.ReadAsync(cancellation));

    ValueTask<StoreResult<KeyWriteStatus>> IKeys.WriteAsync(
        IReadOnlyList<StoredKey> keys, LeaseToken? lease, CancellationToken cancellation) =>
        OrAway(() => inner.Keys.WriteAsync(keys, lease, cancellation));

    ValueTask<StoreResult<bool>> IKeys.ConfirmAsync(string node, long version, CancellationToken cancellation) =>
        OrAway(() => inner.Keys.ConfirmAsync(node, version, cancellation));

    ValueTask<StoreResult<int>> IKeys.RecordUsesAsync(IReadOnlyList<KeyUse> uses, CancellationToken cancellation) =>
        OrAway(() => inner.Keys.RecordUsesAsync(uses, cancellation));

    ValueTask<StoreResult<IReadOnlyList<KeyUse>>> IKeys.ListUsesAsync(CancellationToken cancellation) =>
        OrAway(() => inner.Keys.ListUsesAsync(cancellation));

    private ValueTask<StoreResult<T>> OrAway<T>(Func<ValueTask<StoreResult<T>>> call) =>
        _isAway ? new(new StoreResult<T>(StoreStatus.Unavailable, "the store is away")) : call();
}
