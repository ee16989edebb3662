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

    private async ValueTask TakeFileCommandAsync(ZoneCommand command, ActorContext<ZoneCommand> ctx)
    {
        switch (command)
        {
            case ZoneCommand.Freeze freeze:
                _waiting.AddLast(new FreezeWork(freeze.Done));
                break;
            case ZoneCommand.Report report:
                report.Done.Reply(new ZoneReport(_zone.IsFrozen, _zone.Journal?.Version ?? 0, _zone.Blocked));
                break;
            case ZoneCommand.Thaw thaw when _zone.Settings.File is { } file:
                _waiting.AddLast(new LoadWork(file, _zone.Settings.Checks, isThaw: true, thaw.Done));
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
        if (_zone.Settings.IsWrittenBack && !ctx.Timers.IsActive(nameof(ZoneCommand.WriteBack)))
            ctx.Timers.StartSingle(nameof(ZoneCommand.WriteBack), _zone.Settings.WriteBackDelay, ZoneCommand.WriteBack.Instance);

        _bytesSinceCheckpoint += bytes;
        bool isDue = _bytesSinceCheckpoint > CheckpointBytes
            || _zone.Journal is { } place && place.Version - _checkpointVersion > CheckpointEntries;
        if (isDue && !_isCheckpointing && _zone.Journal is not null)
            Checkpoint(_zone.Journal, ctx);
    }

    private void Write(ActorContext<ZoneCommand> ctx)
    {
        ctx.Timers.Cancel(nameof(ZoneCommand.WriteBack));
        if (_isWriting)
        {
            _writeAgain = true;
            return;
        }

        if (_zone.Journal is { Version: > 0, Import: { } known } && known.Serial == _zone.Current?.Serial)
        {
            AnswerSyncs(null); // The file holds this version already.
            return;
        }

        if (_zone.Settings.File is not { } file || Lease("zone file") is not { } lease)
        {
            AnswerSyncs("the zone has no file or is not loaded");
            return;
        }

        _isWriting = true;
        ctx.PipeToSelf(
            Task.Run(() => ZoneFileBack.Write(lease, file, _zone.Settings.FileStyle), CancellationToken.None),
            static written => written,
            failure => new ZoneCommand.FileWritten(file, default, null, failure.Message));
    }

    private async ValueTask WrittenAsync(ZoneCommand.FileWritten written, ActorContext<ZoneCommand> ctx)
    {
        _isWriting = false;
        if (written.Reason is null)
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
