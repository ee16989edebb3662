using ActorDns.Kernel;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Owns this node's copy of one zone and is its only writer: builds the next snapshot beside the one that is served, publishes it, and
/// gives the old one to the reclaimer.
/// </summary>
/// <param name="published">Where readers find the zone.</param>
/// <param name="files">Reads master files.</param>
/// <param name="epochs">Tells which readers may still see an old version.</param>
public sealed class ZoneActor(PublishedZone published, IMasterFileSource files, ReaderEpochs epochs) : Actor<ZoneCommand>
{
    private static readonly TimeSpan CollectInterval = TimeSpan.FromMilliseconds(200);
    private readonly SnapshotReclaimer _reclaimer = new(epochs);
    private ReplyTo<bool>? _withdrawn;

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ZoneCommand message, ActorContext<ZoneCommand> ctx)
    {
        switch (message)
        {
            case ZoneCommand.Load load:
                load.Done.Reply(Load(load));
                break;
            case ZoneCommand.Withdraw withdraw:
                _withdrawn = withdraw.Done;
                Replace(null);
                break;
        }

        Collect(ctx);
        return ValueTask.CompletedTask;
    }

    private ZoneLoadOutcome Load(ZoneCommand.Load load)
    {
        ZoneLoadResult result = ZoneLoader.Load(published.Origin, load.File, files, load.Checks);
        if (result.Snapshot is { } next)
            Replace(next);
        ZoneSnapshot? current = published.Current;
        return new ZoneLoadOutcome(result.IsLoaded, current?.Serial.Value, current?.RecordCount ?? 0, result.Problems);
    }

    private void Replace(ZoneSnapshot? next)
    {
        if (published.Publish(next) is { } replaced)
            _reclaimer.Retire(replaced, next);
    }

    private void Collect(ActorContext<ZoneCommand> ctx)
    {
        _reclaimer.Collect();
        if (!_reclaimer.IsDrained)
        {
            ctx.Timers.StartSingle(nameof(ZoneCommand.Collect), CollectInterval, ZoneCommand.Collect.Instance);
        }
        else if (_withdrawn is { } done)
        {
            done.Reply(true);
            ctx.Stop();
        }
    }
}
