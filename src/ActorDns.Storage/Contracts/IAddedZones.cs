namespace ActorDns.Storage.Contracts;

/// <summary>Zone statements of <c>rndc addzone</c>, <c>modzone</c> and <c>delzone</c>.</summary>
public interface IAddedZones
{
    /// <summary>Adds or replaces a statement.</summary>
    ValueTask<StoreResult<bool>> PutAsync(AddedZone zone, CancellationToken cancellation);

    /// <summary>Removes a statement; gives false when there was none.</summary>
    ValueTask<StoreResult<bool>> RemoveAsync(ZoneKey key, CancellationToken cancellation);

    /// <summary>All statements, in order of view, class and name.</summary>
    ValueTask<StoreResult<IReadOnlyList<AddedZone>>> ListAsync(CancellationToken cancellation);
}
