using ActorDns.Storage.Contracts;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Starts a zone from its file when the store is away, and finds out what that is worth when the store is back (ARCHITECTURE §5.6).
/// </summary>
internal static class ZoneResuming
{
    /// <summary>What clients of a zone that is served in this way are refused for.</summary>
    public const string ReadOnly = "the store is away since the start: the zone is served read-only from its local checkpoint";

    /// <summary>Serves the file when its state says which version it holds. False when there is no state, or it does not fit.</summary>
    public static bool TryTake(ZoneState zone, ZoneJournal place, string file, ZoneCheckOptions checks)
    {
        if (LocalCheckpoint.Read(file, out string? reason) is { } checkpoint)
            reason = Take(zone, place, file, checks, checkpoint);
        else if (reason is null)
            return false;
        if (reason is not null)
            Log.CheckpointNotUsed(zone.JournalLog, zone.Settings.LogName, file, reason);
        return reason is null;
    }

    /// <summary>
    /// Looks whether the store that is there now is the one that the checkpoint is of. Null when it is: what follows is compared and caught
    /// up as after any loss of the store. Otherwise the store's content is taken, as at a start.
    /// </summary>
    public static async ValueTask<CatchUpOutcome?> ConfirmAsync(ZoneState zone, ZoneJournal place, CancellationToken ct)
    {
        LocalCheckpoint checkpoint = place.Resumed!;
        StoreResult<StoredZone> stored = await place.OpenAsync(ct).ConfigureAwait(false);
        if (!stored.IsDone)
            return CatchUpOutcome.Away;
        zone.IsFrozen |= stored.Value.IsFrozen && place.Services.Cluster is not null;
        ZoneHead head = stored.Value.Head;
        if (place.Services.Opened.Epoch != checkpoint.Epoch)
            return await GiveUpAsync(zone, place, stored.Value, "the store is another one", ct).ConfigureAwait(false);
        if (head.ZoneId != checkpoint.Head.ZoneId)
            return await GiveUpAsync(zone, place, stored.Value, "the zone was made again in the store", ct).ConfigureAwait(false);
        if (zone.Current is null)
            place.EndResumed(checkpoint.Head); // It has expired meanwhile: there is nothing to compare.
        else
            place.Reached(checkpoint.Head, checkpoint.CommitId);
        return null;
    }

    /// <summary>What the file holds is nothing that the store had.</summary>
    public static async ValueTask<CatchUpOutcome> GiveUpAsync(
        ZoneState zone, ZoneJournal place, StoredZone stored, string why, CancellationToken ct)
    {
        Log.CheckpointGivenUp(zone.JournalLog, zone.Settings.LogName, why);
        if (stored.Head.Version == 0)
        {
            place.EndResumed(default); // The store has nothing: what is served becomes its first content.
            return CatchUpOutcome.Done;
        }

        if (zone.Settings.IsSecondary && stored.ExpiresAt <= zone.Now)
        {
            place.EndResumed(stored.Head); // The next transfer starts it anew.
            zone.Publish(null);
            return CatchUpOutcome.Done;
        }

        return await ZoneRecovery.TakeAsync(zone, place, ct).ConfigureAwait(false) is null ? CatchUpOutcome.Done : CatchUpOutcome.Away;
    }

    private static string? Take(ZoneState zone, ZoneJournal place, string file, ZoneCheckOptions checks, LocalCheckpoint checkpoint)
    {
        if (zone.Settings.IsSecondary && !(checkpoint.ServedUntil > zone.Now))
            return checkpoint.ServedUntil is null ? "until when it may be served is not known" : "it has expired";
        FileImport import = new(zone.Services.Files);
        ZoneLoadResult result = ZoneLoader.Load(zone.Origin, file, import, checks);
        if (result.Snapshot is not { } loaded)
            return result.Problems.FirstOrDefault(static problem => problem.IsError)?.ToString() ?? "it cannot be read";
        ImportedFile? read = import.Of(loaded.Serial);
        if (!checkpoint.IsOf(read) || loaded.Serial != checkpoint.Head.Serial)
        {
            SnapshotReclaimer.Discard(loaded);
            return "it is not as it was written";
        }

        zone.FirstImport = read;
        place.Resume(checkpoint, read!);
        zone.Publish(loaded);
        Log.Resumed(zone.JournalLog, zone.Settings.LogName, loaded.Serial.Value, checkpoint.WrittenAt, file);
        return null;
    }
}
