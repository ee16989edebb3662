namespace ActorDns.Actors.Zones;

/// <summary>What a zone's writer says of itself.</summary>
/// <param name="IsFrozen">True between freeze and thaw.</param>
/// <param name="Version">Version in the journal that is served; 0 when it is not journaled.</param>
/// <param name="Blocked">Why the zone takes no change until it is recovered; null when it does.</param>
/// <param name="LoadedAt">
/// When the content came from the store or by transfer; null when it came from a file, whose own time counts.
/// </param>
public sealed record ZoneReport(bool IsFrozen, long Version, string? Blocked, DateTimeOffset? LoadedAt);
