namespace ActorDns.Storage.Contracts;

/// <summary>How far a reader of the feed has come: to be handed back, not to be looked into.</summary>
/// <param name="ServerStart">When the server was started, in microseconds; transactions of another start cannot be compared.</param>
/// <param name="Snapshot">Which transactions had been told, in the database's own form.</param>
public readonly record struct FeedPosition(long ServerStart, string Snapshot);
