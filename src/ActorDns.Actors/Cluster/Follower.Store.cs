using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <content>What is asked of the store, and the connection on which it calls.</content>
internal sealed partial class Follower
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private TimeSpan _pause = FirstPause;
    private bool _isLost;

    private IJournalStore Store => _services.Opened.Store;

    private void Listen(ActorContext<FollowCommand> ctx)
    {
        ActorRef<FollowCommand> self = ctx.Self;
        ctx.PipeToSelf(
            ListenAsync(self, ctx.Stopping),
            static ended => new FollowCommand.ListenEnded(ended.Status, ended.Message),
            static failure => new FollowCommand.ListenEnded(StoreStatus.Unavailable, failure.Message));
    }

    private async Task<StoreResult<bool>> ListenAsync(ActorRef<FollowCommand> self, CancellationToken ct)
    {
        StoreResult<StoreIdentity> identity = await _services.Opened.OpenAsync(ct).ConfigureAwait(false);
        if (!identity.IsDone)
            return new(identity.Status, identity.Message);
        return await Store.Cluster!.Signals.ListenAsync(Hear, () => self.Tell(FollowCommand.Listening.Instance), ct).ConfigureAwait(false);

        void Hear(string text)
        {
            if (!ClusterSignal.TryParse(text, out ClusterSignal? signal))
                return;
            if (signal is not ClusterSignal.Groups groups)
                _services.Other(signal);
            else if (groups.Origin != _services.Self)
                self.Tell(new FollowCommand.Heard(groups)); // A full mailbox is a gap.
        }
    }

    private void StartedListening()
    {
        if (_isLost)
            Log.ListeningAgain(_services.Log);
        _isLost = false;
        _pause = FirstPause;
        _wantsFeed = true; // What was said before is not heard.
    }

    private void EndedListening(FollowCommand.ListenEnded ended, ActorContext<FollowCommand> ctx)
    {
        if (!_isLost)
            Log.ListeningEnded(_services.Log, ended.Status.ToString(), ended.Message);
        _isLost = true;
        if (ended.Status == StoreStatus.Unavailable)
            LosePosition();
        ctx.Timers.StartSingle(nameof(FollowCommand.Listen), _pause, FollowCommand.Listen.Instance);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    /// <summary>Whatever is there next may count from elsewhere: all heads are looked at.</summary>
    private void LosePosition()
    {
        _services.Contact.Lose();
        _memory.Position = null;
        _wantsFeed = true;
    }

    private void ListZones(ActorContext<FollowCommand> ctx) => ctx.PipeToSelf(
        Store.Zones.ListAsync(ctx.Stopping).AsTask(),
        static zones => new FollowCommand.Listed(zones),
        static failure => new FollowCommand.Listed(new(StoreStatus.Unavailable, failure.Message)));

    private void TellFrozen(StoreResult<IReadOnlyList<StoredZone>> listed)
    {
        if (!listed.IsDone)
            _memory.Position = null; // The next poll reads everything, and lists again.
        foreach (StoredZone stored in listed.Value ?? [])
        {
            if (_services.Zones.TryFind(stored.Head.ZoneId, out FollowedZone? zone))
                zone.Writer?.Tell(new ZoneCommand.SetFrozen(stored.IsFrozen));
        }
    }

    private async Task<StoreResult<FeedPage>> ReadFeedAsync(FeedPosition position, CancellationToken ct) =>
        await Store.Cluster!.Feed.ReadAsync(position, ct).ConfigureAwait(false);

    /// <summary>The heads of all zones, and the position from which the feed tells what comes after.</summary>
    private async Task<StoreResult<FeedPage>> ReadAllAsync(CancellationToken ct)
    {
        StoreResult<StoreIdentity> identity = await _services.Opened.OpenAsync(ct).ConfigureAwait(false);
        if (!identity.IsDone)
            return new(identity.Status, identity.Message);
        StoreResult<FeedPosition> start = await Store.Cluster!.Feed.StartAsync(ct).ConfigureAwait(false);
        if (!start.IsDone)
            return new(start.Status, start.Message);
        StoreResult<IReadOnlyList<StoredZone>> zones = await Store.Zones.ListAsync(ct).ConfigureAwait(false);
        if (!zones.IsDone)
            return new(zones.Status, zones.Message);
        StoreResult<FeedPage> page = await Store.Cluster.Feed.ReadAsync(start.Value, ct).ConfigureAwait(false);
        return page.IsDone
            ? new(page.Value with { Zones = [.. zones.Value.Select(static zone => zone.Head), .. page.Value.Zones] })
            : page;
    }

    private async Task<bool> SendAsync(ClusterSignal signal, CancellationToken ct)
    {
        StoreResult<StoreIdentity> identity = await _services.Opened.OpenAsync(ct).ConfigureAwait(false);
        return identity.IsDone
            && (await Store.Cluster!.Signals.SendAsync(signal.ToString(), ct).ConfigureAwait(false)).IsDone;
    }
}
