namespace ActorDns.Storage.Contracts;

/// <summary>
/// A store of journals, by parts. Calls may come from any thread. With SQLite they block the caller; with PostgreSQL they do not.
/// </summary>
public interface IJournalStore : IAsyncDisposable
{
    /// <summary>Zones and their heads.</summary>
    IZoneDirectory Zones { get; }

    /// <summary>The changes.</summary>
    IJournal Journal { get; }

    /// <summary>Whole contents, which bound replay.</summary>
    ICheckpoints Checkpoints { get; }

    /// <summary>Zones added at run time.</summary>
    IAddedZones AddedZones { get; }

    /// <summary>Refused requests.</summary>
    IRefusals Refusals { get; }

    /// <summary>The key registry.</summary>
    IKeys Keys { get; }

    /// <summary>Rights of singletons.</summary>
    ILeases Leases { get; }

    /// <summary>The other nodes; null when this store serves one node only.</summary>
    ICluster? Cluster { get; }

    /// <summary>
    /// Opens the store, makes or migrates its schema, and refuses one that this version cannot read. May be called again after a
    /// failure.
    /// </summary>
    ValueTask<StoreResult<StoreIdentity>> OpenAsync(CancellationToken cancellation);

    /// <summary>
    /// Makes sure that a store which a server keeps can be read by this program, beside that server; writes nothing. NotFound when nothing
    /// has been kept there, Refused when the schema is not one that this program reads.
    /// </summary>
    ValueTask<StoreResult<int>> OpenForReadingAsync(CancellationToken cancellation);

    /// <summary>
    /// Removes what has served its time: fingerprints past their time by the database's clock, commit ids older than a day,
    /// checkpoints superseded or never completed, removed zones older than <paramref name="keepRemovedZones"/>, and nodes that left or fell
    /// silent long ago. What has piled up goes over several calls. Gives the number of rows.
    /// </summary>
    ValueTask<StoreResult<long>> SweepAsync(TimeSpan keepRemovedZones, CancellationToken cancellation);
}
