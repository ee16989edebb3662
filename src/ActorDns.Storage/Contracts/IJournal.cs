using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>The durable, ordered changes of all zones.</summary>
public interface IJournal
{
    /// <summary>
    /// Writes a group as one transaction in which each zone wins or loses by itself. Done means durable; the outcomes are in the
    /// order of <see cref="AppendGroup.Zones"/>. UnknownOutcome must be resolved by <see cref="FindCommitAsync"/>; every other
    /// status wrote nothing. Cancellation is heeded until COMMIT is sent.
    /// </summary>
    ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(AppendGroup group, CancellationToken cancellation);

    /// <summary>
    /// What became of a group whose outcome is unknown, as <see cref="AppendAsync"/> would have told it: zones written are Won,
    /// all others Lost (or Gone). It waits for a transaction that is still at work on these zones, and for the standbys that a commit
    /// waits for, so that its answer is final.
    /// </summary>
    ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> FindCommitAsync(AppendGroup group, CancellationToken cancellation);

    /// <summary>
    /// Takes the head of a zone for the caller alone, in its turn behind those that append. Whoever has lost once does this before it
    /// catches up and evaluates again: however fast others write, it does not lose again. NotFound when the zone is gone.
    /// </summary>
    ValueTask<StoreResult<IHeldHead>> HoldAsync(long zoneId, CancellationToken cancellation);

    /// <summary>Those of the requests that have been applied already, with the answers they got.</summary>
    ValueTask<StoreResult<IReadOnlyList<DuplicateRequest>>> FindRequestsAsync(
        IReadOnlyList<RequestFingerprint> requests, CancellationToken cancellation);

    /// <summary>
    /// Entries of a zone after a version, in order and without gaps, until one of the limits is passed (at least one if there is
    /// one). NotFound when the entry after that version has been removed; empty when that version is the head, or is one that the store has
    /// not reached. After the version before one's own comes the entry that made one's own, if it is kept: another commit id in it says
    /// that the store has gone back and on another way since.
    /// </summary>
    ValueTask<StoreResult<IReadOnlyList<StoredEntry>>> ReadAfterAsync(
        long zoneId, long version, int limitEntries, long limitBytes, CancellationToken cancellation);

    /// <summary>The same entries, of each only what it changed.</summary>
    ValueTask<StoreResult<IReadOnlyList<StoredChange>>> ReadChangesAfterAsync(
        long zoneId, long version, int limitEntries, long limitBytes, CancellationToken cancellation);

    /// <summary>
    /// The version at which the zone last had a serial and from which differences lead to the head without a gap or a baseline,
    /// for IXFR; NotFound when the history is gone.
    /// </summary>
    ValueTask<StoreResult<long>> FindVersionAsync(long zoneId, Serial serial, CancellationToken cancellation);

    /// <summary>Entries that match, newest first.</summary>
    ValueTask<StoreResult<IReadOnlyList<StoredEntry>>> SearchAsync(JournalFilter filter, CancellationToken cancellation);

    /// <summary>How much of a zone's history is kept, and from where to where; NotFound when there is none.</summary>
    ValueTask<StoreResult<JournalExtent>> MeasureAsync(long zoneId, CancellationToken cancellation);

    /// <summary>Removes old entries of a zone as far as the policy allows. Gives their number.</summary>
    ValueTask<StoreResult<long>> TrimAsync(long zoneId, RetentionPolicy policy, CancellationToken cancellation);
}
