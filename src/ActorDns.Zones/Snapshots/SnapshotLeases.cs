using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Zones.Snapshots;

/// <summary>Gives out leases on snapshots and lists those that live. One instance serves all zones of a node.</summary>
public sealed class SnapshotLeases(TimeProvider clock)
{
    private readonly ConcurrentDictionary<SnapshotLease, byte> _live = new();

    /// <summary>Number of live leases.</summary>
    public int Count => _live.Count;

    /// <summary>Takes a lease; false when the version has been given up meanwhile: then read what is published again.</summary>
    public bool TryAcquire(ZoneSnapshot snapshot, string holder, [NotNullWhen(true)] out SnapshotLease? lease)
    {
        lease = null;
        if (!snapshot.TryPin())
            return false;
        lease = new SnapshotLease(this, snapshot, holder, clock.GetTimestamp());
        _live.TryAdd(lease, 0);
        return true;
    }

    /// <summary>Takes a lease on what <paramref name="published"/> gives, as often as it takes; null when that is null.</summary>
    public SnapshotLease? Acquire(Func<ZoneSnapshot?> published, string holder)
    {
        while (published() is { } snapshot)
        {
            if (TryAcquire(snapshot, holder, out SnapshotLease? lease))
                return lease;
        }

        return null;
    }

    /// <summary>The live leases, oldest first.</summary>
    public IReadOnlyList<LeaseInfo> List() =>
        [.. _live.Keys
            .Select(lease => new LeaseInfo(
                lease.Snapshot.Origin, lease.Snapshot.Serial, lease.Holder, clock.GetElapsedTime(lease.StartTimestamp)))
            .OrderByDescending(info => info.Age)];

    internal void Forget(SnapshotLease lease) => _live.TryRemove(lease, out _);
}
