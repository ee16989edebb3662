namespace ActorDns.Actors.Maintenance;

/// <summary>How a secondary zone stands, as <c>rndc zonestatus</c> shows it.</summary>
/// <param name="NextRefresh">When a primary is asked next; null while one is asked.</param>
/// <param name="ExpiresAt">Until when the zone is served without a word from a primary; null when it is not served.</param>
public sealed record RefreshStatus(DateTimeOffset? NextRefresh, DateTimeOffset? ExpiresAt);
