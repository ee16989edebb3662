namespace ActorDns.Zones.Snapshots;

/// <summary>
/// Keeps one version of a zone in memory for a reader that takes longer than a batch, such as a transfer. Dispose it as soon as the work is
/// done; doing so twice is harmless.
/// </summary>
public sealed class SnapshotLease : IDisposable
{
    private readonly SnapshotLeases _leases;
    private int _isDisposed;

    internal SnapshotLease(SnapshotLeases leases, ZoneSnapshot snapshot, string holder, long startTimestamp)
    {
        _leases = leases;
        Snapshot = snapshot;
        Holder = holder;
        StartTimestamp = startTimestamp;
    }

    /// <summary>The version held.</summary>
    public ZoneSnapshot Snapshot { get; }

    /// <summary>Who holds it, in words.</summary>
    public string Holder { get; }

    internal long StartTimestamp { get; }

    /// <summary>Lets the version go.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _leases.Forget(this);
        Snapshot.Unpin();
    }
}
