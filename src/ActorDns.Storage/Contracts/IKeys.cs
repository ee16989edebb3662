namespace ActorDns.Storage.Contracts;

/// <summary>The key registry's tables: keys, who knows them, who uses them.</summary>
public interface IKeys
{
    /// <summary>Counts the writes of keys, to see cheaply whether there is something new.</summary>
    ValueTask<StoreResult<long>> ReadVersionAsync(CancellationToken cancellation);

    /// <summary>Everything but the uses.</summary>
    ValueTask<StoreResult<KeyTable>> ReadAsync(CancellationToken cancellation);

    /// <summary>
    /// Writes keys, all or none: each row must still have the <c>RowVersion</c> that its key carries, and 0 is for a new one. The
    /// written rows get
    /// the next version of the registry. With <paramref name="lease"/> nothing is written when its token is not the current one.
    /// </summary>
    ValueTask<StoreResult<KeyWriteStatus>> WriteAsync(
        IReadOnlyList<StoredKey> keys, LeaseToken? lease, CancellationToken cancellation);

    /// <summary>
    /// Says that a node verifies with a version of the registry. An older version than it has confirmed changes nothing.
    /// </summary>
    ValueTask<StoreResult<bool>> ConfirmAsync(string node, long version, CancellationToken cancellation);

    /// <summary>Adds uses to what is known, as one transaction.</summary>
    ValueTask<StoreResult<int>> RecordUsesAsync(IReadOnlyList<KeyUse> uses, CancellationToken cancellation);

    /// <summary>All uses, the latest first.</summary>
    ValueTask<StoreResult<IReadOnlyList<KeyUse>>> ListUsesAsync(CancellationToken cancellation);
}
