namespace ActorDns.Storage.Contracts;

/// <summary>A zone as the store knows it.</summary>
/// <param name="Key">Name, class and view.</param>
/// <param name="Head">Newest version and serial.</param>
/// <param name="Import">The file that was read last; null when none was.</param>
public sealed record StoredZone(ZoneKey Key, ZoneHead Head, ImportedFile? Import)
{
    /// <summary>When the content of a secondary zone may not be served any more; null when nothing was said of that.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True when updates and rollbacks are refused, on all nodes.</summary>
    public bool IsFrozen { get; init; }
}
