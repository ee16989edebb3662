namespace ActorDns.Storage.Contracts;

/// <summary>What became of one zone of a group.</summary>
/// <param name="ZoneId">The zone.</param>
/// <param name="Status">Won, or why nothing of it was written.</param>
/// <param name="Head">The zone's head after the group, whoever set it.</param>
/// <param name="Duplicates">
/// For <see cref="ZoneOutcomeStatus.Duplicate"/>: the requests to answer from memory and leave out.
/// </param>
public sealed record ZoneOutcome(
    long ZoneId, ZoneOutcomeStatus Status, ZoneHead Head, IReadOnlyList<DuplicateRequest> Duplicates);
