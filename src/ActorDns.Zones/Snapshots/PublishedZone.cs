using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// The place where a zone's writer and its readers meet: one reference to the snapshot that is served now. Written by the zone's
/// single writer, after the journal commit and never before; read once per request.
/// </summary>
/// <param name="origin">Name of the zone.</param>
public sealed class PublishedZone(DomainName origin)
{
    private volatile ZoneSnapshot? _current;
    private long _expiresAt = long.MaxValue;

    /// <summary>Name of the zone.</summary>
    public DomainName Origin { get; } = origin;

    /// <summary>The snapshot to answer from; null while the zone is not loaded or has expired, which answers SERVFAIL.</summary>
    public ZoneSnapshot? Current => _current;

    /// <summary>
    /// When a secondary's content expires, in Unix seconds; null for a zone that does not. Written by whoever refreshes the zone.
    /// </summary>
    public long? ExpiresAtUnixSeconds
    {
        get => Volatile.Read(ref _expiresAt) is var at and not long.MaxValue ? at : null;
        set => Volatile.Write(ref _expiresAt, value ?? long.MaxValue);
    }

    /// <summary>Makes a snapshot visible and returns the one it replaces, which the writer hands to the reclaimer.</summary>
    public ZoneSnapshot? Publish(ZoneSnapshot? snapshot) => Interlocked.Exchange(ref _current, snapshot);
}
