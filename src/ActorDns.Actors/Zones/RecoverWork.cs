using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Ends a dispute with a store that lost changes: what this node serves becomes the zone's content in the store, or what the store has is
/// taken. Either way under a serial above every one that was served, so that no serial comes back with other content.
/// </summary>
internal sealed class RecoverWork(RecoverRequest request) : ZoneWork
{
    private string? _refusal;

    /// <inheritdoc/>
    public override bool IsRecovery => true;

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        _refusal = null;
        if (zone.Blocked is null || zone.Current is not { } current || zone.Journal is not { } journal)
        {
            _refusal = "what this node serves is not disputed";
            return null;
        }

        StoreResult<StoredZone> stored = await journal.FindAsync(ct).ConfigureAwait(false);
        if (!stored.IsDone)
        {
            _refusal = $"the store cannot be read ({stored.Status}): {stored.Message}";
            return null;
        }

        Serial serial = Above(current.Serial, stored.Value.Head.Serial, request.NewestElsewhere);
        return request.AcceptsLoss
            ? await ProposeStoredAsync(zone, journal, serial, ct).ConfigureAwait(false)
            : await ProposeServedAsync(zone, journal, current, stored.Value.Head, serial, ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        if (request.AcceptsLoss)
            zone.Reclaimer.Retire(proposal.Next, null); // It was made from what was read, which nobody has seen.
        else
            SnapshotReclaimer.Discard(proposal.Next);
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        if (_refusal is not null)
        {
            request.Done.Reply(new RecoverOutcome(null, _refusal));
            return;
        }

        Serial now = zone.Current!.Serial;
        Log.ZoneRecovered(
            zone.JournalLog, zone.Settings.LogName, request.AcceptsLoss ? "what the store has" : "what this node serves", now.Value);
        zone.Answer(request.Done, new RecoverOutcome(now, ""));
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason) =>
        request.Done.Reply(new RecoverOutcome(null, $"the change cannot be journaled ({status}): {reason}"));

    private static Serial Above(Serial served, params ReadOnlySpan<Serial?> others)
    {
        Serial newest = served;
        foreach (Serial? other in others)
        {
            if (other is { } serial && serial.IsNewerThan(newest))
                newest = serial;
        }

        return newest.Next();
    }

    /// <summary>All that is served, as a new beginning after whatever the store has.</summary>
    private async ValueTask<Proposal?> ProposeServedAsync(
        ZoneState zone, ZoneJournal journal, ZoneSnapshot current, ZoneHead head, Serial serial, CancellationToken ct)
    {
        ZoneSnapshot next = OtherSerial.Of(current, zone.Origin, serial);
        StoreResult<long> checkpoint = await journal.StageCheckpointAsync(next, head.Version + 1, ct).ConfigureAwait(false);
        if (!checkpoint.IsDone)
        {
            SnapshotReclaimer.Discard(next);
            _refusal = $"the journal cannot be written ({checkpoint.Status}): {checkpoint.Message}";
            return null;
        }

        JournalEntry entry = Signed(new JournalEntry
        {
            SerialFrom = head.Serial,
            SerialTo = serial,
            Origin = ChangeOrigin.Recovery,
            Time = zone.Now,
            Node = journal.Services.Node,
            Text = $"recovered from what was served under serial {current.Serial}, {next.RecordCount} records",
        });
        return new Proposal(next, [], [entry]) { Checkpoint = checkpoint.Value, ExpectedVersion = head.Version };
    }

    /// <summary>What the store has, with another serial.</summary>
    private async ValueTask<Proposal?> ProposeStoredAsync(ZoneState zone, ZoneJournal journal, Serial serial, CancellationToken ct)
    {
        ZoneRecovery.Result stored = await ZoneRecovery.ReadAsync(journal, zone.Origin, zone.Reclaimer, ct).ConfigureAwait(false);
        if (stored.Zone is null)
        {
            _refusal = $"the store cannot be read: {stored.Reason}";
            return null;
        }

        ZoneSnapshot next = OtherSerial.Of(stored.Zone, zone.Origin, serial);
        ZoneChange change = ZoneDiff.Between(stored.Zone, next);
        zone.Reclaimer.Retire(stored.Zone, next);
        JournalEntry entry = Signed(zone.EntryOf(change, ChangeOrigin.Recovery));
        return new Proposal(next, [], [entry]) { ExpectedVersion = stored.Head.Version };
    }

    private JournalEntry Signed(JournalEntry entry) => entry with { KeyName = request.KeyName, Peer = request.Peer };
}
