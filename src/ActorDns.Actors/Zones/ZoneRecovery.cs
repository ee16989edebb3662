using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>Builds a zone from the store: the newest checkpoint, then every change after it, strictly.</summary>
internal static class ZoneRecovery
{
    /// <summary>What recovery gives: a zone and its version, or why there is none.</summary>
    public sealed record Result(ZoneSnapshot? Zone, ZoneHead Head, int Replayed, string Reason)
    {
        /// <summary>The group that made the version; null when the store does not tell any more.</summary>
        public Guid? CommitId { get; init; }
    }

    /// <summary>Reads a zone and publishes it; null when done, else why it cannot be, which is logged.</summary>
    public static async ValueTask<string?> TakeAsync(ZoneState zone, ZoneJournal journal, CancellationToken ct)
    {
        int losses = journal.Services.Contact.Losses;
        Result recovered = await ReadAsync(journal, zone.Origin, zone.Reclaimer, ct).ConfigureAwait(false);
        if (recovered.Zone is null)
        {
            Log.ReplayFailed(zone.JournalLog, zone.Settings.LogName, recovered.Reason);
            return recovered.Reason;
        }

        Log.Recovered(zone.JournalLog, zone.Settings.LogName, recovered.Zone.Serial.Value, recovered.Replayed);
        journal.Reached(recovered.Head, recovered.CommitId);
        journal.Compared(recovered.CommitId, losses);
        zone.Publish(recovered.Zone);
        zone.LoadedAt = zone.Now;
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
    /// Applies what the store has after a version that nobody reads yet. Gives a new version, or the same when nothing came after.
    /// </summary>
    private static async ValueTask<Result> ReplayAsync(
        ZoneJournal journal, ZoneSnapshot zone, ZoneHead head, SnapshotReclaimer reclaimer, CancellationToken ct)
    {
        ChangeHistory? history = null;
        ZoneSnapshot current = zone;
        Guid? commitId = await FindCommitAsync(journal, head.Version, ct).ConfigureAwait(false);
        int replayed = 0;
        while (true)
        {
            StoreResult<IReadOnlyList<StoredChange>> page = await journal.ReadAfterAsync(head.Version, ct).ConfigureAwait(false);
            if (!page.IsDone)
                return Abandon($"after version {head.Version}: {page.Status}: {page.Message}");
            if (page.Value.Count == 0)
            {
                current.History = history;
                return new Result(current, head, replayed, "") { CommitId = commitId };
            }

            if (Apply(current, page.Value, ref history, out string reason) is not { } next)
                return Abandon(reason);
            reclaimer.Retire(current, next);
            current = next;
            replayed += page.Value.Count;
            StoredChange last = page.Value[^1];
            head = new ZoneHead(last.ZoneId, last.Version, last.SerialTo);
            commitId = last.CommitId;
        }

        Result Abandon(string reason)
        {
            reclaimer.Retire(current, null);
            return Failed(reason);
        }
    }

    // The checkpoint's own entry may be gone by now.
    private static async ValueTask<Guid?> FindCommitAsync(ZoneJournal journal, long version, CancellationToken ct)
    {
        StoreResult<IReadOnlyList<StoredChange>> found = await journal.ReadEntryAsync(version, ct).ConfigureAwait(false);
        return found.IsDone && found.Value.Count > 0 && found.Value[0].Version == version ? found.Value[0].CommitId : null;
    }

    /// <summary>The version that some entries lead to; null when they do not fit.</summary>
    public static ZoneSnapshot? Apply(
        ZoneSnapshot zone,
        IReadOnlyList<StoredChange> entries,
        ref ChangeHistory? history,
        out string reason,
        long maxHistoryBytes = ChangeHistory.DefaultMaxBytes)
    {
        using SnapshotEditor editor = new(zone);
        foreach (StoredChange stored in entries)
        {
            if (!ZoneChange.TryParse(stored.Wire, out ZoneChange? change))
            {
                reason = $"version {stored.Version} is no difference";
                return null;
            }

            if (!change.TryApply(editor, out ChangeConflict? conflict))
            {
                reason = $"version {stored.Version} does not fit: {conflict.Kind}: {conflict.Record}";
                return null;
            }

            history = ChangeHistory.Append(history, change, maxHistoryBytes);
        }

        if (editor.TryCommit(out ZoneSnapshot? next, out ZoneBuildError error))
        {
            reason = "";
            return next;
        }

        reason = $"version {entries[^1].Version} is no zone: {error}";
        return null;
    }

    private static Result Failed(string reason) => new(null, default, 0, reason);
}
