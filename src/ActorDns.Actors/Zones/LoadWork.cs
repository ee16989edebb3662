using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Text;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Reads a zone's file by the rules of ARCHITECTURE §5.11: at first it is served as it is; later the difference to what is served is
/// journaled; a dynamic zone comes from the store, and its file is read by thaw only.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="checks">Which checks it goes through.</param>
/// <param name="kind">Says whether the file of a dynamic zone is read too, and one that differs from what other nodes have.</param>
/// <param name="done">Gets the outcome.</param>
internal sealed class LoadWork(string file, ZoneCheckOptions checks, LoadKind kind, ReplyTo<ZoneLoadOutcome> done) : ZoneWork
{
    private IReadOnlyList<MasterFileProblem> _problems = [];
    private ZoneSnapshot? _loaded;
    private bool _isRefused;
    private bool _hasTriedCheckpoint;

    /// <summary>True when the zone's content is in a store that is away: it is not served from an old file meanwhile.</summary>
    public bool IsToBeTriedAgain { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        ZoneJournal? journal = zone.Journal;
        bool isShared = journal is { Services.Cluster: not null };
        if (isShared && zone.Current is not null)
            await journal!.OpenAsync(ct).ConfigureAwait(false); // Another node may have read the file.
        bool isStored = zone.Current is null && journal is not null && await IsStoredAsync(zone, journal, ct).ConfigureAwait(false);
        if (IsToBeTriedAgain)
        {
            TakeCheckpoint(zone, journal!);
            return null;
        }

        if (zone.Settings.IsDynamic && kind != LoadKind.Thaw)
        {
            if (isStored)
                await TakeStoredAsync(zone, journal!, ct).ConfigureAwait(false);
            if (zone.Current is not null || zone.Blocked is not null)
            {
                WarnOfOtherFile(zone);
                return null;
            }
        }

        FileImport import = new(zone.Services.Files);
        ZoneLoadResult result = ZoneLoader.Load(zone.Origin, file, import, checks);
        _problems = result.Problems;
        _isRefused = !result.IsLoaded;
        if (result.Snapshot is not { } loaded)
            return null;

        ImportedFile? imported = import.Of(loaded.Serial);
        if (isStored && FileImport.IsSame(imported, journal!.Import) && loaded.Serial == journal.Head.Serial)
            journal.Reached(journal.Head); // Nothing has changed since: the file is what the store has.
        else if (isStored)
            await TakeStoredAsync(zone, journal!, ct).ConfigureAwait(false);
        if (zone.Current is { } served && zone.Journal is { Version: > 0 } place && FileImport.IsSame(imported, place.Import))
        {
            KeepServed(zone, served, loaded);
            return null;
        }

        zone.LoadedAt = null;
        if (zone.Current is { } basis)
        {
            return isShared && kind == LoadKind.Usual && journal!.Version > 0
                ? await ReportAsync(zone, basis, loaded, imported, ct).ConfigureAwait(false)
                : await CompareAsync(zone, basis, loaded, imported, ct).ConfigureAwait(false);
        }

        zone.FirstImport = imported;
        zone.Publish(loaded);
        return null;
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        if (proposal.Next != _loaded)
            SnapshotReclaimer.Discard(proposal.Next);
        SnapshotReclaimer.Discard(_loaded!);
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        ZoneSnapshot? current = zone.Current;
        if (kind == LoadKind.Thaw && !_isRefused)
            zone.IsFrozen = false;
        zone.Answer(done, new ZoneLoadOutcome(
            !_isRefused && !IsToBeTriedAgain && current is not null, current?.Serial.Value, current?.RecordCount ?? 0, _problems));
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason)
    {
        _isRefused = true;
        _problems = [.. _problems, MasterFileProblem.OfZone(true, $"the change cannot be journaled ({status}): {reason}")];
        Settle(zone);
    }

    private async ValueTask<bool> IsStoredAsync(ZoneState zone, ZoneJournal journal, CancellationToken ct)
    {
        StoreResult<StoredZone> stored = await journal.OpenAsync(ct).ConfigureAwait(false);
        IsToBeTriedAgain = !stored.IsDone && zone.Settings.IsDynamic && journal.Services.MayHoldContent;
        if (stored.IsDone)
        {
            zone.IsFrozen |= stored.Value.IsFrozen && journal.Services.Cluster is not null;
            return stored.Value.Head.Version > 0;
        }

        if (IsToBeTriedAgain)
        {
            string why = $"its content is in the journal, which cannot be read ({stored.Status}): {stored.Message}";
            _problems = [MasterFileProblem.OfZone(true, why)];
        }

        Log.ZoneNotJournaled(zone.JournalLog, zone.Settings.LogName, stored.Status.ToString(), stored.Message);
        return false;
    }

    /// <summary>Serves what the store had when the file was written, if that can be told; then the store is not waited for here.</summary>
    private void TakeCheckpoint(ZoneState zone, ZoneJournal journal)
    {
        if (_hasTriedCheckpoint)
            return;
        _hasTriedCheckpoint = true;
        if (!ZoneResuming.TryTake(zone, journal, file, checks))
            return;
        IsToBeTriedAgain = false;
        _problems = [];
    }

    private static async ValueTask TakeStoredAsync(ZoneState zone, ZoneJournal journal, CancellationToken ct)
    {
        if (await ZoneRecovery.TakeAsync(zone, journal, ct).ConfigureAwait(false) is { } why)
            zone.Blocked = $"the journal cannot be replayed: {why}";
    }

    private void WarnOfOtherFile(ZoneState zone)
    {
        FileImport now = new(zone.Services.Files);
        if (zone.Journal?.Import is not { } known || zone.Current is not { } current || !now.TryOpen(file, out Stream? content, out _))
            return;
        content.Dispose();
        if (!FileImport.IsSame(known, now.Of(current.Serial)))
            Log.FileDiffers(zone.GeneralLog, zone.Settings.LogName, file);
    }

    // A file that was imported before says nothing new: what changed since, by rollback or update, stays.
    private void KeepServed(ZoneState zone, ZoneSnapshot served, ZoneSnapshot loaded)
    {
        if (loaded.Serial != served.Serial)
            Log.FileIsKnown(zone.GeneralLog, zone.Settings.LogName, file, loaded.Serial.Value, served.Serial.Value);
        SnapshotReclaimer.Discard(loaded);
    }

    /// <inheritdoc/>
    public override async ValueTask FinishAsync(ZoneState zone, CancellationToken ct)
    {
        if (kind != LoadKind.Thaw || _isRefused || zone.Journal is not { Services.Cluster: not null } place)
            return;
        if (await place.SetFrozenAsync(false, ct).ConfigureAwait(false) is not { } reason)
            return;
        _isRefused = true;
        _problems = [.. _problems, MasterFileProblem.OfZone(true, $"the zone stays frozen: {reason}")];
    }

    /// <summary>Where other nodes have files of their own, one that differs is named and not read: whose would it be?</summary>
    private async ValueTask<Proposal?> ReportAsync(
        ZoneState zone, ZoneSnapshot basis, ZoneSnapshot loaded, ImportedFile? import, CancellationToken ct)
    {
        if (ZoneDiff.Between(basis, loaded).IsEmpty)
        {
            if (import is not null)
                await zone.Journal!.RememberImportAsync(import, ct).ConfigureAwait(false);
        }
        else
        {
            Log.FileNotImported(
                zone.GeneralLog, zone.Settings.Position, zone.Settings.LogName, file, loaded.Serial.Value, basis.Serial.Value);
        }

        SnapshotReclaimer.Discard(loaded);
        return null;
    }

    private async ValueTask<Proposal?> CompareAsync(
        ZoneState zone, ZoneSnapshot basis, ZoneSnapshot loaded, ImportedFile? import, CancellationToken ct)
    {
        _loaded = loaded;
        ZoneSnapshot next = loaded;
        ZoneChange change = ZoneDiff.Between(basis, loaded);
        if (change.IsEmpty)
        {
            SnapshotReclaimer.Discard(loaded);
            if (import is not null && zone.Journal is { Version: > 0 } journal && !FileImport.IsSame(import, journal.Import))
                await journal.RememberImportAsync(import, ct).ConfigureAwait(false);
            return null;
        }

        if (!loaded.Serial.IsNewerThan(basis.Serial))
        {
            Serial raised = basis.Serial.Next();
            Log.SerialNotRaised(
                zone.GeneralLog, file, loaded.Serial.Value, basis.Serial.Value, zone.Settings.LogName, raised.Value);
            next = OtherSerial.Of(loaded, zone.Origin, raised);
            change = ZoneDiff.Between(basis, next);
        }

        return new Proposal(next, [change], [zone.EntryOf(change, ChangeOrigin.Reload)]) { Import = import };
    }
}
