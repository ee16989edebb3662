using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Journal;

/// <summary>What became of an append. Only <see cref="StoreStatus.Done"/> has an outcome; nothing was written otherwise.</summary>
/// <param name="Status">How the store took the group that the append was in.</param>
/// <param name="Outcome">How the zone fared in it.</param>
/// <param name="Message">Why it was not done, for a log.</param>
public sealed record AppendAnswer(StoreStatus Status, ZoneOutcome? Outcome, string Message)
{
    /// <summary>True when the changes are durable.</summary>
    public bool IsWon => Outcome is { Status: ZoneOutcomeStatus.Won };

    /// <summary>The group's random id in the store.</summary>
    public Guid CommitId { get; init; }

    /// <summary>The group's number, by which other nodes acknowledge it; 0 when nobody does.</summary>
    public long Group { get; init; }
}
