namespace ActorDns.Storage.Contracts;

/// <summary>A request that has been applied before, perhaps by another node.</summary>
/// <param name="EntryIndex">Its place among the entries, or fingerprints, that were given.</param>
/// <param name="Rcode">Answer that the first copy got.</param>
public readonly record struct DuplicateRequest(int EntryIndex, ushort Rcode);
