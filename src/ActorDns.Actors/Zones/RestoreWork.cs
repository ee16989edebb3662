using ActorDns.Protocol.Records;
using ActorDns.Protocol.Text;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Gives a secondary what it had when the server stopped: from the store, or from its file when the store has nothing of it. What has
/// expired meanwhile is not served. A store that cannot be read may hold something newer than the file, and the time until which it may be
/// served: then nothing is served, so that no serial goes back.
/// </summary>
/// <param name="command">Asks for it.</param>
internal sealed class RestoreWork(ZoneCommand.Restore command) : ZoneWork
{
    private bool _isStoreAway;
    private IReadOnlyList<MasterFileProblem> _problems = [];
    private DateTimeOffset? _expiresAt;

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        if (zone.Current is not null)
            return null;
        bool isStored = zone.Journal is { } journal && await TakeStoredAsync(zone, journal, ct).ConfigureAwait(false);
        if (!isStored && command.File is { } file && File.Exists(file))
            TakeFile(zone, file);
        return null;
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        // Nothing is proposed.
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone) => command.Done.Reply(
        new SecondaryContent(zone.Current?.Serial, _expiresAt, _problems) { IsStoreAway = _isStoreAway });

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason) => Settle(zone);

    /// <summary>True when the store has the zone or may have it, be it expired or not to be read: then its file is of no use.</summary>
    private async ValueTask<bool> TakeStoredAsync(ZoneState zone, ZoneJournal journal, CancellationToken ct)
    {
        StoreResult<StoredZone> stored = await journal.OpenAsync(ct).ConfigureAwait(false);
        if (!stored.IsDone)
        {
            _isStoreAway = journal.Services.MayHoldContent;
            if (command.IsAgain)
                return _isStoreAway;
            if (_isStoreAway && command.File is { } file && ZoneResuming.TryTake(zone, journal, file, command.Checks))
            {
                _isStoreAway = false;
                _expiresAt = journal.Resumed!.ServedUntil;
                return true;
            }

            Log.SecondaryNotRestored(zone.JournalLog, zone.Settings.LogName, stored.Status.ToString(), stored.Message);
            return _isStoreAway;
        }

        if (stored.Value.Head.Version == 0)
            return false;
        _expiresAt = stored.Value.ExpiresAt;
        if (HasExpired(zone))
        {
            journal.Reached(journal.Head);
            return true;
        }

        if (await ZoneRecovery.TakeAsync(zone, journal, ct).ConfigureAwait(false) is not null)
            journal.Reached(journal.Head); // The next transfer starts it anew.
        return true;
    }

    private void TakeFile(ZoneState zone, string path)
    {
        FileImport import = new(zone.Services.Files);
        ZoneLoadResult result = ZoneLoader.Load(zone.Origin, path, import, command.Checks);
        _problems = result.Problems;
        if (result.Snapshot is not { } loaded)
            return;
        TimeSpan expire = TimeSpan.FromSeconds(new SoaData(loaded.Soa.First).ExpireSeconds);
        _expiresAt = new DateTimeOffset(File.GetLastWriteTimeUtc(path)) + expire;
        if (HasExpired(zone))
        {
            SnapshotReclaimer.Discard(loaded);
            return;
        }

        zone.FirstImport = import.Of(loaded.Serial);
        zone.Publish(loaded);
    }

    private bool HasExpired(ZoneState zone) => _expiresAt is { } expiresAt && expiresAt <= zone.Now;
}
