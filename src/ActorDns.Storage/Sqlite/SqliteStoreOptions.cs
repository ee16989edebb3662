namespace ActorDns.Storage.Sqlite;

/// <summary>Where and how the journal is kept in one SQLite file.</summary>
/// <param name="Path">The file; made with its folder's rights and mode 0600 when it is not there.</param>
public sealed record SqliteStoreOptions(string Path)
{
    /// <summary>How long a write waits for another program that writes to the same file.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the whole file at start and refuses a damaged one; without it, damage is found when it is met.</summary>
    public bool CheckOnOpen { get; init; }

    /// <summary>Refusals that are kept.</summary>
    public int RefusalCapacityRows { get; init; } = 10_000;

    /// <summary>Limit of the file in pages of 4 KiB; null for none.</summary>
    public long? MaxPageCount { get; init; }
}
