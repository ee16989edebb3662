namespace ActorDns.Storage.Contracts;

/// <summary>The zones that the store holds, and their heads.</summary>
public interface IZoneDirectory
{
    /// <summary>The zone of that name, made with an empty head when there is none.</summary>
    ValueTask<StoreResult<StoredZone>> GetOrAddAsync(ZoneKey key, CancellationToken cancellation);

    /// <summary>All zones that are not removed.</summary>
    ValueTask<StoreResult<IReadOnlyList<StoredZone>>> ListAsync(CancellationToken cancellation);

    /// <summary>One zone; NotFound when it is unknown or removed.</summary>
    ValueTask<StoreResult<StoredZone>> FindAsync(long zoneId, CancellationToken cancellation);

    /// <summary>
    /// Takes a zone out: later appends find it gone, and the same name gets a new id. Its journal stays readable until it is
    /// swept. Gives false when it was not there.
    /// </summary>
    ValueTask<StoreResult<bool>> RemoveAsync(long zoneId, CancellationToken cancellation);

    /// <summary>
    /// Freezes a zone or thaws it, for all nodes: from then on appends that hold an update or a rollback find it
    /// <see cref="ZoneOutcomeStatus.Frozen"/>. Waits for an append that is at work. Gives false when the zone was not there.
    /// </summary>
    ValueTask<StoreResult<bool>> SetFrozenAsync(long zoneId, bool isFrozen, CancellationToken cancellation);

    /// <summary>
    /// Remembers an imported file that changed nothing, if the head is still at <paramref name="expectedVersion"/>. Gives false
    /// when it is not.
    /// </summary>
    ValueTask<StoreResult<bool>> RememberImportAsync(
        long zoneId, long expectedVersion, ImportedFile import, CancellationToken cancellation);

    /// <summary>
    /// Remembers until when the content of a secondary zone may be served, as a refresh has just told. Gives false when the zone was not
    /// there.
    /// </summary>
    ValueTask<StoreResult<bool>> RememberExpiryAsync(long zoneId, DateTimeOffset expiresAt, CancellationToken cancellation);
}
