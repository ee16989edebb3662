using ActorDns.Actors.Journal;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Notify;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <content>Other servers are told of new serials, and other nodes write to the same zone.</content>
public sealed partial class ZoneActor
{
    private static readonly TimeSpan TellAgainInterval = TimeSpan.FromSeconds(1);
    private Serial? _told;
    private long _entered;
    private bool _isLookDue;
    private bool _hasLooked;
    private IHeldHead? _held;

    /// <summary>After each turn.</summary>
    private void TellOthers(ActorContext<ZoneCommand> ctx)
    {
        TellNotifier(ctx);
        if (_zone.Journal is not { } place)
            return;
        place.Serve(_zone.Current?.Serial);
        if (place.Services.Cluster is not { } cluster || _withdrawn is not null)
            return;
        cluster.Zones.At(place).Writer = ctx.Self;
        if (place.ZoneId == _entered)
            return;
        cluster.Zones.Number(place, _entered, place.ZoneId);
        _entered = place.ZoneId;
    }

    /// <summary>
    /// Whatever made the serial a new one, the notifier hears of the newest. When it has no room it is told again later, as nothing else
    /// would make up for it.
    /// </summary>
    private void TellNotifier(ActorContext<ZoneCommand> ctx)
    {
        if (_zone.Journal is { Services.Cluster: { } cluster, ZoneId: var id } && !cluster.Stewards.Holds(id))
            return; // The steward tells them; if this node becomes it, it is asked to.
        if (_zone.Services.Notifier is not { } notifier || _zone.Current is not { } current || current.Serial == _told)
            return;
        if (notifier.Tell(new NotifyCommand.Changed(_zone.Published)))
            _told = current.Serial;
        else
            ctx.Timers.StartSingle(nameof(ZoneCommand.TellAgain), TellAgainInterval, ZoneCommand.TellAgain.Instance);
    }

    /// <summary>
    /// What other nodes wrote comes before what waits here. What is held is compared with a store that was away before it is written to;
    /// as long as that cannot be, it is away.
    /// </summary>
    private CatchUpWork? NextCatchUp()
    {
        if (_zone.Journal is not { } place)
            return null;
        bool isResumed = place.Resumed is not null;
        if (!isResumed)
            _catchUps.Reached(place.Version);
        bool isUnsure = isResumed || place.Version > 0 && !place.IsCompared;
        bool isComparisonDue = isUnsure && !_hasLooked && (_waiting.Count > 0 || !_next.IsEmpty);
        if (_catchUps.IsEmpty && !_isLookDue && !isComparisonDue)
        {
            _hasLooked = false;
            return null;
        }

        _isLookDue = false;
        _hasLooked = true;
        return new CatchUpWork(_catchUps);
    }

    /// <summary>Another node has frozen or thawed the zone. When it is frozen, each node's file is brought to what all serve.</summary>
    private void SetFrozen(bool isFrozen, ActorContext<ZoneCommand> ctx)
    {
        bool isNew = isFrozen && !_zone.IsFrozen;
        _zone.IsFrozen = isFrozen;
        if (isNew && _zone.Settings.IsWrittenBack)
            Write(ctx);
    }

    /// <summary>After a change by another node: what a secondary has is fresh, and the file is due some time later.</summary>
    private void Followed(ActorContext<ZoneCommand> ctx)
    {
        WriteBackLater(ctx);
        if (_zone is { Settings.IsSecondary: true, Journal: { Services.Cluster: { } cluster } place })
            cluster.Zones.At(place).Refresher?.Tell(RefreshCommand.Followed.Instance);
    }

    /// <summary>
    /// Updates that lost take the zone's head first: nobody writes it while they catch up and are evaluated again, so that they do not lose
    /// again however fast others are. Other work may write beside its append, for which it would wait itself.
    /// </summary>
    private async ValueTask ProposeAfterLossAsync(ActorContext<ZoneCommand> ctx)
    {
        GroupCommits? commits = _zone.Journal!.Services.Commits;
        if (_work is UpdateWork && commits is not null)
            _held = await commits.HoldAsync(_zone.Journal.ZoneId, ctx.Stopping).ConfigureAwait(false);
        try
        {
            if (await CatchUpAsync(ctx.Stopping).ConfigureAwait(false))
                await ProposeAsync(ctx).ConfigureAwait(false);
            else
                EndWork().Fail(_zone, StoreStatus.Unavailable, "another node wrote the zone, and what it wrote cannot be read");
        }
        finally
        {
            if (_held is { } unused)
            {
                _held = null;
                await commits!.ReleaseAsync(unused).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads what other nodes wrote since; false when that cannot be, or the store has less than this node.</summary>
    private async ValueTask<bool> CatchUpAsync(CancellationToken ct)
    {
        bool isDone = await ZoneFollowing.CatchUpAsync(_zone, ct).ConfigureAwait(false) == CatchUpOutcome.Done;
        _catchUps.Reached(_zone.Journal!.Version);
        return isDone;
    }
}
