using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Takes what a transfer brought. What is journaled is the difference between the version served and the one that comes, not the octets
/// received: sets have one TTL here. A content that does not follow the one before, for there is none, or its serial is not newer,
/// starts the journal anew: no IXFR leads over such a step.
/// </summary>
internal sealed class TransferWork(IncomingTransfer transfer) : ZoneWork
{
    /// <summary>A difference that is larger starts the journal anew as well: as a checkpoint it is stored in pieces.</summary>
    private const int MaxDifferenceBytes = 64 << 20;

    private ZoneSnapshot? _basis;
    private string _misfit = "";
    private string? _excess;
    private bool _isWholeUsed;

    /// <inheritdoc/>
    public override bool IsStewards => true;

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        _misfit = "";
        _isWholeUsed = false;
        _basis = zone.Current;
        if (zone.Journal is { Resumed: not null })
        {
            _misfit = ZoneResuming.ReadOnly;
            return null;
        }

        if (transfer.Zone.Whole is not { } whole)
            return ProposeDifferences(zone);
        _excess = zone.Settings.Updates.Limits.FindExcess(whole);
        if (_excess is not null)
            return null;
        if (zone.Journal is { Version: 0 } unknown)
        {
            StoreResult<StoredZone> opened = await unknown.OpenAsync(ct).ConfigureAwait(false);
            if (opened.IsDone && unknown.Head.Version > 0)
                unknown.Reached(unknown.Head); // The store was away at start: what it holds is replaced.
        }

        if (_basis is { } basis && ProposeReplacement(zone, basis, whole, out Proposal? replacement))
            return replacement;
        _isWholeUsed = true;
        if (zone.Journal is not { } journal)
            return new Proposal(whole, [], []);
        StoreResult<long> checkpoint = await journal.StageCheckpointAsync(whole, journal.Version + 1, ct).ConfigureAwait(false);
        if (!checkpoint.IsDone)
        {
            _misfit = $"the journal cannot be written ({checkpoint.Status}): {checkpoint.Message}";
            _isWholeUsed = false;
            return null;
        }

        JournalEntry entry = Signed(new JournalEntry
        {
            SerialTo = whole.Serial,
            Origin = ChangeOrigin.Transfer,
            Time = zone.Now,
            Node = journal.Services.Node,
            Text = $"whole zone, {whole.RecordCount} records",
        });
        return new Proposal(whole, [], [entry]) { Checkpoint = checkpoint.Value };
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        // A whole zone is proposed again when another node was faster.
        if (transfer.Zone.Whole is null)
            SnapshotReclaimer.DiscardSince(_basis!, proposal.Next);
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        if (!_isWholeUsed)
            DiscardWhole();
        TransferInstallationStatus status = _excess is not null ? TransferInstallationStatus.TooMany
            : _misfit.Length == 0 ? TransferInstallationStatus.Installed
            : transfer.Zone.Whole is null ? TransferInstallationStatus.DoesNotFit : TransferInstallationStatus.Failed;
        if (status == TransferInstallationStatus.Installed)
            zone.LoadedAt = zone.Now;
        transfer.Answer.Reply(new TransferInstallation(status, _excess ?? _misfit));
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason)
    {
        DiscardWhole();
        transfer.Answer.Reply(new TransferInstallation(TransferInstallationStatus.Failed, $"journal: {status}: {reason}"));
    }

    /// <summary>True when the whole zone follows what is served; nothing is proposed when it is the same.</summary>
    private bool ProposeReplacement(ZoneState zone, ZoneSnapshot basis, ZoneSnapshot whole, out Proposal? proposal)
    {
        proposal = null;
        ZoneChange change = ZoneDiff.Between(basis, whole);
        if (change.IsEmpty)
            return true;
        bool isNext = zone.Journal is { Version: > 0 }
            && whole.Serial.IsNewerThan(basis.Serial)
            && change.Wire.Length <= MaxDifferenceBytes;
        if (!isNext)
            return false;
        _isWholeUsed = true;
        proposal = new Proposal(whole, [change], [Signed(zone.EntryOf(change, ChangeOrigin.Transfer))]);
        return true;
    }

    private Proposal? ProposeDifferences(ZoneState zone)
    {
        IReadOnlyList<ZoneChange> received = transfer.Zone.Changes;
        if (_basis is not { } basis || received.Count == 0 || received[0].SerialFrom != basis.Serial || zone.Journal is { Version: 0 })
        {
            _misfit = "the differences do not start where the zone is";
            return null;
        }

        List<ZoneChange> changes = [];
        List<JournalEntry> entries = [];
        ZoneSnapshot current = basis;
        int together = (received.Count + UpdateBatch.MaxChanges - 1) / UpdateBatch.MaxChanges;
        foreach (ZoneChange[] group in received.Chunk(together))
        {
            if (Apply(current, group) is not { } next)
            {
                SnapshotReclaimer.DiscardSince(basis, current);
                return null;
            }

            ZoneChange change = ZoneDiff.Between(current, next);
            current = next;
            _excess = zone.Settings.Updates.Limits.FindExcess(next, change);
            if (_excess is not null)
            {
                SnapshotReclaimer.DiscardSince(basis, current);
                return null;
            }

            changes.Add(change);
            entries.Add(Signed(zone.EntryOf(change, ChangeOrigin.Transfer)));
        }

        return new Proposal(current, changes, entries);
    }

    private ZoneSnapshot? Apply(ZoneSnapshot basis, ZoneChange[] changes)
    {
        using SnapshotEditor editor = new(basis);
        foreach (ZoneChange change in changes)
        {
            if (change.TryApply(editor, out ChangeConflict? conflict))
                continue;
            _misfit = $"a difference from serial {change.SerialFrom} does not fit: {conflict.Kind}: {conflict.Record}";
            return null;
        }

        if (editor.TryCommit(out ZoneSnapshot? next, out ZoneBuildError error))
            return next;
        _misfit = $"a difference to serial {changes[^1].SerialTo} leaves no zone: {error}";
        return null;
    }

    private JournalEntry Signed(JournalEntry entry) =>
        entry with { KeyName = transfer.Key?.ToLogString(), Peer = transfer.Primary.ToString() };

    private void DiscardWhole()
    {
        if (transfer.Zone.Whole is { } whole)
            SnapshotReclaimer.Discard(whole);
    }
}
