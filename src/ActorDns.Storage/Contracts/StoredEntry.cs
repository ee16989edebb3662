namespace ActorDns.Storage.Contracts;

/// <summary>A journal entry with its place in the store.</summary>
/// <param name="ZoneId">Zone that it changed.</param>
/// <param name="Version">Version of the zone that it made.</param>
/// <param name="CommitId">Group that it was written with; operators see it as the transaction.</param>
/// <param name="Entry">The change. <see cref="JournalEntry.Request"/> is not read back.</param>
public sealed record StoredEntry(long ZoneId, long Version, Guid CommitId, JournalEntry Entry);
