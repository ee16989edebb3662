using ActorDns.Protocol.Records;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Transfers;

/// <summary>The SOA of the version that we have, copied out of it.</summary>
/// <param name="Ttl">Its TTL.</param>
/// <param name="Rdata">Its RDATA, uncompressed.</param>
public sealed record HeldSoa(uint Ttl, byte[] Rdata)
{
    /// <summary>The serial that we have.</summary>
    public Serial Serial => new SoaData(Rdata).Serial;

    /// <summary>REFRESH.</summary>
    public TimeSpan Refresh => TimeSpan.FromSeconds(new SoaData(Rdata).RefreshSeconds);

    /// <summary>RETRY.</summary>
    public TimeSpan Retry => TimeSpan.FromSeconds(new SoaData(Rdata).RetrySeconds);

    /// <summary>EXPIRE.</summary>
    public TimeSpan Expire => TimeSpan.FromSeconds(new SoaData(Rdata).ExpireSeconds);

    /// <summary>Copies the SOA of what is served; null when nothing is.</summary>
    public static HeldSoa? Of(PublishedZone published, SnapshotLeases leases)
    {
        using SnapshotLease? lease = leases.Acquire(() => published.Current, "refresh");
        return lease is null ? null : new HeldSoa(lease.Snapshot.Soa.Ttl, lease.Snapshot.Soa.First.ToArray());
    }
}
