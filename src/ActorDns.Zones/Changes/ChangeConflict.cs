namespace ActorDns.Zones.Changes;

/// <summary>Where a change does not fit a version of a zone.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Record">The record of the change that does not fit, in presentation form.</param>
public sealed record ChangeConflict(ChangeConflictKind Kind, string Record);
