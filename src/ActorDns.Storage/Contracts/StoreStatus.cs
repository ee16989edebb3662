namespace ActorDns.Storage.Contracts;

/// <summary>How an operation on the store ended.</summary>
public enum StoreStatus
{
    /// <summary>Done, and durable where it wrote.</summary>
    Done,

    /// <summary>
    /// COMMIT was sent and its answer is not known: resolve with <see cref="IJournal.FindCommitAsync"/> before going on.
    /// </summary>
    UnknownOutcome,

    /// <summary>Nothing was written; the store is away, busy or slow. Trying again later is right.</summary>
    Unavailable,

    /// <summary>Nothing was written; there is no room. Reads go on, and writes do as soon as there is room.</summary>
    DiskFull,

    /// <summary>Nothing was written; this is not the store that was opened.</summary>
    WrongEpoch,

    /// <summary>What was asked for is not there.</summary>
    NotFound,

    /// <summary>The store's content is damaged.</summary>
    Corrupt,

    /// <summary>
    /// The store cannot be used as it is: newer schema, unsafe settings, missing rights. The message says which.
    /// </summary>
    Refused,
}
