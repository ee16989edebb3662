using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Takes a zone back to the content of an earlier serial, under a new one: what the journal has since then is condensed, inverted, and
/// journaled like any other change, so that secondaries get it by IXFR.
/// </summary>
internal sealed class RollbackWork(RollbackRequest request) : ZoneWork
{
    private string? _refusal;
    private Serial _from;

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        _refusal = ReasonAgainst(zone);
        if (_refusal is not null)
            return null;
        ZoneSnapshot current = zone.Current!;
        ZoneJournal journal = zone.Journal!;
        _from = current.Serial;
        IReadOnlyList<ZoneChange>? changes = await journal.ReadChangesAsync(request.To, current.Serial, ct).ConfigureAwait(false);
        if (changes is null || !ZoneChange.TryCondense(changes, out ZoneChange? since))
        {
            _refusal = await DescribeAsync(journal, ct).ConfigureAwait(false);
            return null;
        }

        ZoneChange back = since.Invert(SerialStep.Next(current.Serial, zone.Settings.Updates.SerialMethod, zone.Now));
        if (!TryMake(current, back, out ZoneSnapshot? next, out _refusal))
            return null;
        JournalEntry entry = zone.EntryOf(back, ChangeOrigin.Rollback) with { KeyName = request.KeyName, Peer = request.Peer };
        return new Proposal(next, [back], [entry]);
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal) => SnapshotReclaimer.Discard(proposal.Next);

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        string name = zone.Settings.LogName;
        if (_refusal is not null)
        {
            Log.RollbackRefused(zone.GeneralLog, name, request.To.Value, _refusal);
            request.Done.Reply(new RollbackOutcome(null, _refusal));
            return;
        }

        Serial now = zone.Current!.Serial;
        Log.RolledBack(zone.GeneralLog, name, _from.Value, request.To.Value, now.Value);
        string warning = "";
        if (zone.Settings is { IsDynamic: false, File: { } file })
        {
            warning = $"{file} still has the content that was taken back; it is not read again until it changes";
            Log.RolledBackFromFile(zone.GeneralLog, name, warning);
        }

        zone.Answer(request.Done, new RollbackOutcome(now, warning));
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason)
    {
        string why = $"the change cannot be journaled ({status}): {reason}";
        Log.RollbackRefused(zone.GeneralLog, zone.Settings.LogName, request.To.Value, why);
        request.Done.Reply(new RollbackOutcome(null, why));
    }

    private string? ReasonAgainst(ZoneState zone)
    {
        if (zone.Current is not { } current)
            return "the zone is not loaded";
        if (zone.Journal is not { Version: > 0 })
            return "nothing of the zone is in a journal";
        return zone.Blocked
            ?? (zone.IsFrozen ? "the zone is frozen: thaw it first" : null)
            ?? UpdateBlock.ReasonAgainst(current, canSign: false)
            ?? (current.Serial == request.To ? $"serial {request.To} is what is served" : null);
    }

    private async ValueTask<string> DescribeAsync(ZoneJournal journal, CancellationToken ct)
    {
        StoreResult<JournalExtent> extent = await journal.MeasureAsync(ct).ConfigureAwait(false);
        return extent.IsDone
            ? $"serial {request.To} is not in the journal, which goes from {extent.Value.OldestSerial} to {extent.Value.NewestSerial}"
            : $"the journal cannot be read ({extent.Status}): {extent.Message}";
    }

    private static bool TryMake(
        ZoneSnapshot current, ZoneChange back, [NotNullWhen(true)] out ZoneSnapshot? next, [NotNullWhen(false)] out string? reason)
    {
        next = null;
        using SnapshotEditor editor = new(current);
        if (!back.TryApply(editor, out ChangeConflict? conflict))
        {
            reason = $"the journal does not fit what is served: {conflict.Kind}: {conflict.Record}";
            return false;
        }

        bool isMade = editor.TryCommit(out next, out ZoneBuildError error);
        reason = isMade ? null : $"the earlier content is no zone: {error}";
        return isMade;
    }
}
