namespace ActorDns.Actors.Cluster;

/// <summary>A version of a zone, by the zone's number in the store.</summary>
/// <param name="ZoneId">The zone.</param>
/// <param name="Version">The version.</param>
public readonly record struct ZoneVersion(long ZoneId, long Version);
