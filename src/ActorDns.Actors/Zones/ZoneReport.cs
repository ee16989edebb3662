namespace ActorDns.Actors.Zones;

/// <summary>What a zone's writer says of itself.</summary>
/// <param name="IsFrozen">True between freeze and thaw.</param>
/// <param name="Version">Version in the journal that is served; 0 when it is not journaled.</param>
/// <param name="Blocked">Why the zone takes no change until it is recovered; null when it does.</param>
public sealed record ZoneReport(bool IsFrozen, long Version, string? Blocked);
