using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>Builds a zone from the store: the newest checkpoint, then every change after it, strictly.</summary>
internal static class ZoneRecovery
{
    /// <summary>What recovery gives: a zone and its version, or why there is none.</summary>
    public sealed record Result(ZoneSnapshot? Zone, ZoneHead Head, int Replayed, string Reason);

    /// <summary>Reads a zone and publishes it; null when done, else why it cannot be, which is logged.</summary>
    public static async ValueTask<string?> TakeAsync(ZoneState zone, ZoneJournal journal, CancellationToken ct)
    {
        Result recovered = await ReadAsync(journal, zone.Origin, zone.Reclaimer, ct).ConfigureAwait(false);
        if (recovered.Zone is null)
        {
            Log.ReplayFailed(zone.JournalLog, zone.Settings.LogName, recovered.Reason);
            return recovered.Reason;
        }

        Log.Recovered(zone.JournalLog, zone.Settings.LogName, recovered.Zone.Serial.Value, recovered.Replayed);
        journal.Reached(recovered.Head);
        zone.Publish(recovered.Zone);
        return null;
    }

    /// <summary>Reads a zone that nobody holds yet; what it passes through on the way is given to the reclaimer.</summary>
    public static async ValueTask<Result> ReadAsync(
        ZoneJournal journal, DomainName origin, SnapshotReclaimer reclaimer, CancellationToken ct)
    {
        StoreResult<CheckpointHeader> latest = await journal.LatestCheckpointAsync(ct).ConfigureAwait(false);
        if (!latest.IsDone)
            return Failed($"no checkpoint ({latest.Status}: {latest.Message})");
        CheckpointHeader checkpoint = latest.Value;
        ZoneSnapshot? zone;
        using (ZoneContentReader reader = new(origin))
        {
            for (int i = 0; i < checkpoint.ChunkCount; i++)
            {
                StoreResult<ReadOnlyMemory<byte>> chunk = await journal.ReadChunkAsync(checkpoint, i, ct).ConfigureAwait(false);
                if (!chunk.IsDone)
                    return Failed($"checkpoint at version {checkpoint.Version}: {chunk.Status}: {chunk.Message}");
                if (!reader.TryAdd(chunk.Value.Span))
                    return Failed($"checkpoint at version {checkpoint.Version}, chunk {i}: not the content of a zone");
            }

            if (!reader.TryBuild(out zone))
                return Failed($"checkpoint at version {checkpoint.Version}: not a zone");
        }

        ZoneHead head = new(checkpoint.ZoneId, checkpoint.Version, checkpoint.Serial);
        return await ReplayAsync(journal, zone, head, reclaimer, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Applies what the store has after a version. Gives a new version, or the same when nothing came after.
    /// </summary>
    /// <param name="journal">The zone's place in the store.</param>
    /// <param name="zone">Where to start.</param>
    /// <param name="head">The version that it is.</param>
    /// <param name="reclaimer">Takes the versions in between when <paramref name="zone"/> is not published; null when it is.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async ValueTask<Result> ReplayAsync(
        ZoneJournal journal, ZoneSnapshot zone, ZoneHead head, SnapshotReclaimer? reclaimer, CancellationToken ct)
    {
        ChangeHistory? history = zone.History;
        ZoneSnapshot current = zone;
        int replayed = 0;
        while (true)
        {
            StoreResult<IReadOnlyList<StoredEntry>> page = await journal.ReadAfterAsync(head.Version, ct).ConfigureAwait(false);
            if (!page.IsDone)
                return Abandon(zone, current, reclaimer, $"after version {head.Version}: {page.Status}: {page.Message}");
            if (page.Value.Count == 0)
            {
                current.History = history;
                return new Result(current, head, replayed, "");
            }

            if (Apply(current, page.Value, ref history, out string reason) is not { } next)
                return Abandon(zone, current, reclaimer, reason);
            reclaimer?.Retire(current, next);
            current = next;
            replayed += page.Value.Count;
            StoredEntry last = page.Value[^1];
            head = new ZoneHead(last.ZoneId, last.Version, last.Entry.SerialTo);
        }
    }

    private static ZoneSnapshot? Apply(
        ZoneSnapshot zone, IReadOnlyList<StoredEntry> entries, ref ChangeHistory? history, out string reason)
    {
        using SnapshotEditor editor = new(zone);
        foreach (StoredEntry stored in entries)
        {
            if (!ZoneChange.TryParse(stored.Entry.Wire, out ZoneChange? change))
            {
                reason = $"version {stored.Version} is no difference";
                return null;
            }

            if (!change.TryApply(editor, out ChangeConflict? conflict))
            {
                reason = $"version {stored.Version} does not fit: {conflict.Kind}: {conflict.Record}";
                return null;
            }

            history = ChangeHistory.Append(history, change);
        }

        if (editor.TryCommit(out ZoneSnapshot? next, out ZoneBuildError error))
        {
            reason = "";
            return next;
        }

        reason = $"version {entries[^1].Version} is no zone: {error}";
        return null;
    }

    private static Result Abandon(ZoneSnapshot given, ZoneSnapshot current, SnapshotReclaimer? reclaimer, string reason)
    {
        if (reclaimer is not null)
            reclaimer.Retire(current, null);
        else
            SnapshotReclaimer.DiscardSince(given, current);
        return Failed(reason);
    }

    private static Result Failed(string reason) => new(null, default, 0, reason);
}
