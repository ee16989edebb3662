using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Brings a zone that is served from its file into the store: its whole content as a checkpoint, on which every later change stands. A zone
/// that the store has already is taken from there.
/// </summary>
internal sealed class BaselineWork : ZoneWork
{
    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        if (zone.Journal is not { } journal || zone.Current is not { } current)
            return null;
        StoreResult<StoredZone> stored = await journal.OpenAsync(ct).ConfigureAwait(false);
        if (!stored.IsDone)
        {
            Fail(zone, stored.Status, stored.Message);
            return null;
        }

        if (journal.Head.Version > 0)
        {
            // The store was away when the zone was loaded: what it holds is newer than any file.
            await ZoneRecovery.TakeAsync(zone, journal, ct).ConfigureAwait(false);
            return null;
        }

        StoreResult<long> checkpoint = await journal.StageCheckpointAsync(current, 1, ct).ConfigureAwait(false);
        if (!checkpoint.IsDone)
        {
            Fail(zone, checkpoint.Status, checkpoint.Message);
            return null;
        }

        JournalEntry entry = new()
        {
            SerialTo = current.Serial,
            Origin = ChangeOrigin.Reload,
            Time = zone.Now,
            Node = journal.Services.Node,
            Text = $"first content, {current.RecordCount} records",
        };
        return new Proposal(current, [], [entry]) { Checkpoint = checkpoint.Value, Import = zone.FirstImport };
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        // What is served stays.
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        // The version is known from the append.
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason) =>
        Log.ZoneNotJournaled(zone.JournalLog, zone.Settings.LogName, status.ToString(), reason);
}
