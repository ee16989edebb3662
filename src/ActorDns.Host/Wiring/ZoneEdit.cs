namespace ActorDns.Host.Wiring;

/// <summary>What came of a change to one zone at run time.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">What was wrong, for people; null when nothing was.</param>
internal readonly record struct ZoneEdit(ZoneEditOutcome Outcome, string? Reason = null);
