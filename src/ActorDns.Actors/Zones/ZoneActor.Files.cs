using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <content>Zone files written back, and checkpoints: both from a leased version, beside the zone's work.</content>
public sealed partial class ZoneActor
{
    private const int CheckpointEntries = 2_000;
    private const long CheckpointBytes = 4 << 20;
    private readonly List<ReplyTo<string?>> _syncs = [];
    private bool _isWriting;
    private bool _writeAgain;
    private bool _isCheckpointing;
    private long _bytesSinceCheckpoint;
    private long _checkpointVersion;
    private long _keptVersion;

    private async ValueTask TakeFileCommandAsync(ZoneCommand command, ActorContext<ZoneCommand> ctx)
    {
        switch (command)
        {
            case ZoneCommand.Freeze freeze:
                _waiting.AddLast(new FreezeWork(freeze.Done));
                break;
            case ZoneCommand.Report report:
                report.Done.Reply(new ZoneReport(_zone.IsFrozen, _zone.Journal?.Version ?? 0, _zone.Blocked, _zone.LoadedAt));
                break;
            case ZoneCommand.SetSerial set:
                _waiting.AddLast(new SerialWork(set));
                break;
            case ZoneCommand.Thaw thaw when _zone.Settings.File is { } file:
                _waiting.AddLast(new LoadWork(file, _zone.Settings.Checks, LoadKind.Thaw, thaw.Done));
                break;
            case ZoneCommand.Thaw thaw:
                _zone.IsFrozen = false;
                thaw.Done.Reply(new ZoneLoadOutcome(true, _zone.Current?.Serial.Value, _zone.Current?.RecordCount ?? 0, []));
                break;
            case ZoneCommand.Sync sync when !_zone.Settings.IsWrittenBack:
                sync.Done.Reply(null); // The operator's own file, which the zone comes from.
                break;
            case ZoneCommand.Sync sync:
                _syncs.Add(sync.Done);
                Write(ctx);
                break;
            case ZoneCommand.WriteBack:
                Write(ctx);
                break;
            case ZoneCommand.FileWritten written:
                await WrittenAsync(written, ctx).ConfigureAwait(false);
                break;
            case ZoneCommand.CheckpointMade made:
                _isCheckpointing = false;
                if (made.Reason is null)
                    _checkpointVersion = made.Version;
                else
                    Log.CheckpointFailed(_zone.JournalLog, _zone.Settings.LogName, made.Reason);
                break;
        }
    }

    /// <summary>After each change: the file is due some time later, and so is a checkpoint when much has come together.</summary>
    private void Changed(ActorContext<ZoneCommand> ctx, long bytes)
    {
        WriteBackLater(ctx);
        _bytesSinceCheckpoint += bytes;
        bool isDue = _bytesSinceCheckpoint > CheckpointBytes
            || _zone.Journal is { } place && place.Version - _checkpointVersion > CheckpointEntries;
        if (isDue && !_isCheckpointing && _zone.Journal is not null)
            Checkpoint(_zone.Journal, ctx);
    }

    /// <summary>
    /// The file says which version it holds also when nothing changes. As long as the store has not confirmed what the node started with,
    /// it is looked at again and again.
    /// </summary>
    private void KeepCheckpoint(ActorContext<ZoneCommand> ctx)
    {
        if (_zone.Journal is { Resumed: not null })
            ctx.Timers.StartSingle(nameof(ZoneCommand.LookAtStore), LoadRetryInterval, ZoneCommand.LookAtStore.Instance);
        else if (_zone is { Journal: { Version: > 0 } place, Current: not null, IsFrozen: false } && place.Version != _keptVersion)
            WriteBackLater(ctx);
    }

    private void WriteBackLater(ActorContext<ZoneCommand> ctx)
    {
        if (_zone.Settings.IsWrittenBack && !ctx.Timers.IsActive(nameof(ZoneCommand.WriteBack)))
            ctx.Timers.StartSingle(nameof(ZoneCommand.WriteBack), _zone.Settings.WriteBackDelay, ZoneCommand.WriteBack.Instance);
    }

    private void Write(ActorContext<ZoneCommand> ctx)
    {
        ctx.Timers.Cancel(nameof(ZoneCommand.WriteBack));
        if (_isWriting)
        {
            _writeAgain = true;
            return;
        }

        if (_zone is { Journal.Resumed: not null, Current: not null })
        {
            AnswerSyncs(null); // The file is where this version comes from.
            return;
        }

        if (_zone.Settings.File is not { } file || Lease("zone file") is not { } lease)
        {
            AnswerSyncs("the zone has no file or is not loaded");
            return;
        }

        bool isKnown = _zone.Journal is { Version: > 0, Import: { } known } && known.Serial == _zone.Current!.Serial;
        ZoneFileBack back = new(file, _zone.Settings.FileStyle)
        {
            State = StateOf(_zone.Journal),
            Known = isKnown ? _zone.Journal!.Import : null,
        };
        _isWriting = true;
        ctx.PipeToSelf(
            Task.Run(() => back.Write(lease), CancellationToken.None),
            static written => written,
            failure => new ZoneCommand.FileWritten(file, default, null, failure.Message));
    }

    private LocalCheckpoint? StateOf(ZoneJournal? place)
    {
        if (place is not { Version: > 0, IsOpen: true } || place.Services.Opened.Epoch is not { } epoch || _zone.Current is not { } current)
            return null;
        ZoneHead head = new(place.ZoneId, place.Version, current.Serial);
        DateTimeOffset? until = _zone.Settings.IsSecondary && _zone.Published.ExpiresAtUnixSeconds is { } seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
        return new LocalCheckpoint(epoch, head, place.CommitId, default, _zone.Now, until);
    }

    private async ValueTask WrittenAsync(ZoneCommand.FileWritten written, ActorContext<ZoneCommand> ctx)
    {
        _isWriting = false;
        if (written.Reason is null)
            _keptVersion = written.Version;
        if (written.IsUnchanged)
        {
            // The file holds this version already.
        }
        else if (written.Reason is null)
        {
            Log.FileWritten(_zone.GeneralLog, _zone.Settings.LogName, written.Serial.Value, written.File);
            if (_zone.Journal is { Version: > 0 } place)
                await place.RememberImportAsync(written.Import!, ctx.Stopping).ConfigureAwait(false);
        }
        else
        {
            Log.FileNotWritten(_zone.GeneralLog, _zone.Settings.LogName, written.File, written.Reason);
        }

        if (_writeAgain)
        {
            _writeAgain = false;
            Write(ctx);
        }
        else
        {
            AnswerSyncs(written.Reason);
        }
    }

    private void AnswerSyncs(string? reason)
    {
        foreach (ReplyTo<string?> sync in _syncs)
            sync.Reply(reason);
        _syncs.Clear();
    }

    private void Checkpoint(ZoneJournal place, ActorContext<ZoneCommand> ctx)
    {
        if (Lease("checkpoint") is not { } lease)
            return;
        _isCheckpointing = true;
        _bytesSinceCheckpoint = 0;
        long version = place.Version;
        RetentionPolicy retention = _zone.Settings.Retention;
        ctx.PipeToSelf(
            Task.Run(() => place.CheckpointAsync(lease, version, retention, CancellationToken.None), CancellationToken.None),
            reason => new ZoneCommand.CheckpointMade(version, reason),
            failure => new ZoneCommand.CheckpointMade(version, failure.Message));
    }

    private SnapshotLease? Lease(string holder) =>
        _zone.Services.Leases.Acquire(() => _zone.Current, $"{holder} of {_zone.Settings.LogName}");
}
