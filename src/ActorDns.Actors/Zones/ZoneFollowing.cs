using ActorDns.Actors.Journal;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Brings a zone to what the store has, in order and without gaps, and makes sure first that the store has what this node holds: a version
/// by another group under the same number, or a head below it, is a store that lost something (ARCHITECTURE §5.10).
/// </summary>
internal static class ZoneFollowing
{
    /// <summary>Catches up.</summary>
    public static async ValueTask<CatchUpOutcome> CatchUpAsync(ZoneState zone, CancellationToken ct)
    {
        ZoneJournal place = zone.Journal!;
        int losses = place.Services.Contact.Losses;
        if (place.Resumed is not null && await ZoneResuming.ConfirmAsync(zone, place, ct).ConfigureAwait(false) is { } outcome)
            return outcome;
        if (place.Version == 0 || zone.Current is null)
            return await TakeFirstAsync(zone, place, ct).ConfigureAwait(false);
        StoreResult<IReadOnlyList<StoredChange>> page = await place.ReadAfterAsync(place.Version - 1, ct).ConfigureAwait(false);
        if (page.Status == StoreStatus.NotFound)
            return await TakeNewestAsync(zone, place, ct).ConfigureAwait(false); // The entry held is beyond the retention.
        if (!page.IsDone)
        {
            place.Services.Writer.Tell(new JournalCommand.Unreadable(page.Status, page.Message));
            return CatchUpOutcome.Away;
        }

        if (page.Value is not [{ } held, ..] || held.Version != place.Version)
            return await ExamineAsync(zone, place, ct).ConfigureAwait(false);
        if (place.CommitId is { } known && known != held.CommitId)
        {
            if (place.Resumed is not null)
                return await ResumeElsewhereAsync(zone, place, ct).ConfigureAwait(false);
            string why = $"version {place.Version} in the store is another change than the one that this node serves";
            return await DisputeAsync(zone, place, why, ct).ConfigureAwait(false);
        }

        place.Compared(held.CommitId, losses);
        zone.Blocked = null;
        return await FollowAsync(zone, place, [.. page.Value.Skip(1)], ct).ConfigureAwait(false);
    }

    /// <summary>The store went another way than the file that this node started from: its content counts, as at any start.</summary>
    private static async ValueTask<CatchUpOutcome> ResumeElsewhereAsync(ZoneState zone, ZoneJournal place, CancellationToken ct)
    {
        StoreResult<StoredZone> stored = await place.FindAsync(ct).ConfigureAwait(false);
        if (!stored.IsDone)
            return CatchUpOutcome.Away;
        string why = $"version {place.Version} in the store is another change";
        return await ZoneResuming.GiveUpAsync(zone, place, stored.Value, why, ct).ConfigureAwait(false);
    }

    private static async ValueTask<CatchUpOutcome> FollowAsync(
        ZoneState zone, ZoneJournal place, IReadOnlyList<StoredChange> entries, CancellationToken ct)
    {
        while (entries.Count > 0)
        {
            if (entries.Any(static entry => entry.IsBaseline))
                return await TakeNewestAsync(zone, place, ct).ConfigureAwait(false);
            ZoneSnapshot current = zone.Current!;
            ChangeHistory? history = current.History;
            if (ZoneRecovery.Apply(current, entries, ref history, out string reason, zone.Services.Histories.MaxBytes) is not { } next)
            {
                Log.ReplayFailed(zone.JournalLog, zone.Settings.LogName, reason);
                return await TakeNewestAsync(zone, place, ct).ConfigureAwait(false);
            }

            next.History = history;
            StoredChange last = entries[^1];
            place.Reached(new ZoneHead(last.ZoneId, last.Version, last.SerialTo), last.CommitId);
            zone.Publish(next);
            StoreResult<IReadOnlyList<StoredChange>> page = await place.ReadAfterAsync(place.Version, ct).ConfigureAwait(false);
            if (page.Status == StoreStatus.NotFound)
                return await TakeNewestAsync(zone, place, ct).ConfigureAwait(false);
            if (!page.IsDone)
                return CatchUpOutcome.Away;
            entries = page.Value;
        }

        return CatchUpOutcome.Done;
    }

    /// <summary>The zone as its newest checkpoint and what came after it make it.</summary>
    private static async ValueTask<CatchUpOutcome> TakeNewestAsync(ZoneState zone, ZoneJournal place, CancellationToken ct)
    {
        if (await ZoneRecovery.TakeAsync(zone, place, ct).ConfigureAwait(false) is not null)
            return CatchUpOutcome.Away;
        zone.Blocked = null;
        return CatchUpOutcome.Done;
    }

    /// <summary>A zone of which nothing is served: it came into the store after this node looked there, or it has expired.</summary>
    private static async ValueTask<CatchUpOutcome> TakeFirstAsync(ZoneState zone, ZoneJournal place, CancellationToken ct)
    {
        StoreResult<StoredZone> stored = await place.OpenAsync(ct).ConfigureAwait(false);
        if (!stored.IsDone)
            return CatchUpOutcome.Away;
        return stored.Value.Head.Version == place.Version
            ? CatchUpOutcome.Done
            : await TakeNewestAsync(zone, place, ct).ConfigureAwait(false);
    }

    /// <summary>The store does not have the version that is held: it was made anew, or lost something.</summary>
    private static async ValueTask<CatchUpOutcome> ExamineAsync(ZoneState zone, ZoneJournal place, CancellationToken ct)
    {
        StoreResult<StoredZone> stored = await place.FindAsync(ct).ConfigureAwait(false);
        if (!stored.IsDone)
            return CatchUpOutcome.Away;
        if (stored.Value.Head.Version >= place.Version)
            return CatchUpOutcome.Done; // It came while this was read; whoever told of it asks again.
        string why = $"the store is at version {stored.Value.Head.Version} and this node at {place.Version}: the store went back";
        return await DisputeAsync(zone, place, why, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes no change from here on, and says so once. When the zone was recovered by another node, above the serial that is served here,
    /// that is what counts.
    /// </summary>
    private static async ValueTask<CatchUpOutcome> DisputeAsync(ZoneState zone, ZoneJournal place, string why, CancellationToken ct)
    {
        StoredEntry? recovery = await place.FindRecoveryAsync(ct).ConfigureAwait(false);
        if (recovery is not null && recovery.Entry.SerialTo.IsNewerThan(zone.Current!.Serial))
        {
            Log.RecoveredElsewhere(zone.JournalLog, zone.Settings.LogName, recovery.Entry.Node, recovery.Entry.SerialTo.Value);
            return await TakeNewestAsync(zone, place, ct).ConfigureAwait(false);
        }

        if (zone.Blocked is null)
            Log.StoreDiffers(zone.JournalLog, zone.Settings.LogName, why);
        zone.Blocked = why;
        place.Dispute();
        return CatchUpOutcome.Disputed;
    }
}
