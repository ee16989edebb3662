namespace ActorDns.Storage.Contracts;

/// <summary>Counters of what is changed seldom and by operators; each grows in the transaction that changes what it counts.</summary>
/// <param name="ZoneSet">Zones added, changed, removed, frozen or thawed at run time.</param>
/// <param name="Keys">Keys of the registry.</param>
public readonly record struct StoreRevisions(long ZoneSet, long Keys);
