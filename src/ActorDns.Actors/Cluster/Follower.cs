using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>
/// Brings what other nodes have written to the zones of this one, and says so. Signals tell of it within milliseconds; where one is
/// missing, its numbers show it, and the feed tells instead. Behind both the feed is asked each second (ARCHITECTURE §5.5).
/// </summary>
internal sealed partial class Follower : BatchActor<FollowCommand>
{
    private const int MailboxCapacityMessages = 16_384;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromMinutes(1);
    private readonly FollowServices _services;
    private readonly FollowMemory _memory;
    private readonly ZonesBehind _behind;
    private readonly Dictionary<Guid, OriginProgress> _origins = [];
    private List<Portion> _unread = []; // Portions that wait for a reading of the feed which has not begun.
    private List<Portion> _reading = [];
    private bool _isReading;
    private bool _wantsFeed;
    private bool _isSending;
    private int _pollsBehind;

    private Follower(FollowServices services, FollowMemory memory)
    {
        _services = services;
        _memory = memory;
        _behind = new ZonesBehind(services.Zones);
    }

    /// <summary>The recipe.</summary>
    public static Props<FollowCommand> CreateProps(FollowServices services, FollowMemory memory) =>
        new(() => new Follower(services, memory)) { MailboxCapacityMessages = MailboxCapacityMessages };

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<FollowCommand> ctx)
    {
        ctx.Timers.StartPeriodic(nameof(FollowCommand.Poll), PollInterval, FollowCommand.Poll.Instance);
        Listen(ctx);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ReadOnlyMemory<FollowCommand> batch, ActorContext<FollowCommand> ctx)
    {
        foreach (FollowCommand command in batch.Span)
            Take(command, ctx);
        if (_wantsFeed && !_isReading)
            Read(ctx);
        Acknowledge(ctx);
        return ValueTask.CompletedTask;
    }

    private void Take(FollowCommand command, ActorContext<FollowCommand> ctx)
    {
        switch (command)
        {
            case FollowCommand.Heard heard:
                Take(heard.Groups, ctx);
                break;
            case FollowCommand.CaughtUp caughtUp:
                _behind.Reached(caughtUp.ZoneId, caughtUp.Version);
                break;
            case FollowCommand.FeedRead read:
                Take(read, ctx);
                break;
            case FollowCommand.Listed listed:
                TellFrozen(listed.Zones);
                break;
            case FollowCommand.Poll:
                Poll(ctx);
                break;
            case FollowCommand.Listen:
                Listen(ctx);
                break;
            case FollowCommand.Listening:
                StartedListening();
                break;
            case FollowCommand.ListenEnded ended:
                EndedListening(ended, ctx);
                break;
            case FollowCommand.AcknowledgementSent:
                _isSending = false; // One that got lost is asked for by the next reminder.
                break;
        }
    }

    private void Take(ClusterSignal.Groups groups, ActorContext<FollowCommand> ctx)
    {
        if (!_origins.TryGetValue(groups.Origin, out OriginProgress? origin))
            _origins[groups.Origin] = origin = new OriginProgress();
        origin.HeardAt = ctx.Clock.GetTimestamp();
        bool hasGap = origin.HasGapBefore(groups.First) || groups.Zones is null;
        bool isReminder = groups.First > groups.Last;
        if (isReminder && groups.Last == origin.Served)
            origin.Acknowledged = -1; // What was said before may have been lost.
        if (origin.Take(groups.Last) is not { } portion)
            return;
        if (hasGap)
        {
            portion.Outstanding++;
            _unread.Add(portion);
            _wantsFeed = true;
            return;
        }

        foreach (ZoneVersion zone in groups.Zones!)
            _behind.Want(zone, portion, ctx);
    }

    private void Poll(ActorContext<FollowCommand> ctx)
    {
        _wantsFeed = true;
        _behind.AskAgain(ctx);
        _pollsBehind = _behind.IsEmpty && _unread.Count == 0 && _reading.Count == 0 ? 0 : _pollsBehind + 1;
        _memory.IsBehind = _pollsBehind > 1;
        foreach ((Guid id, OriginProgress origin) in _origins.ToArray())
        {
            if (ctx.Clock.GetElapsedTime(origin.HeardAt) > ForgetAfter)
                _origins.Remove(id);
        }
    }

    private void Read(ActorContext<FollowCommand> ctx)
    {
        bool isWhole = _memory.Position is null;
        _wantsFeed = false;
        _isReading = true;
        (_reading, _unread) = (_unread, _reading);
        ctx.PipeToSelf(
            isWhole ? ReadAllAsync(ctx.Stopping) : ReadFeedAsync(_memory.Position!.Value, ctx.Stopping),
            page => new FollowCommand.FeedRead(page, isWhole),
            failure => new FollowCommand.FeedRead(new(StoreStatus.Unavailable, failure.Message), isWhole));
    }

    private void Take(FollowCommand.FeedRead read, ActorContext<FollowCommand> ctx)
    {
        _isReading = false;
        if (!read.Page.IsDone)
        {
            _unread.AddRange(_reading); // Until the next poll.
            _reading.Clear();
            if (read.Page.Status == StoreStatus.NotFound)
                LosePosition();
            return;
        }

        _memory.Position = read.Page.Value.Next;
        foreach (ZoneHead head in read.Page.Value.Zones)
            _behind.Want(new ZoneVersion(head.ZoneId, head.Version), null, ctx);
        if (read.IsWhole)
            LookAtAll(read.Page.Value.Zones);
        foreach (Portion portion in _reading)
        {
            _behind.WaitForAll(portion);
            portion.Outstanding--;
        }

        _reading.Clear();
        StoreRevisions now = read.Page.Value.Revisions;
        if (read.IsWhole || _memory.Revisions?.ZoneSet != now.ZoneSet)
            ListZones(ctx);
        if (_memory.Revisions is { } before)
            _services.Changed.Tell(before, now);
        _memory.Revisions = now;
    }

    /// <summary>After the store was away: zones look at it that have not been there, or have not compared what they hold since.</summary>
    private void LookAtAll(IReadOnlyList<ZoneHead> heads)
    {
        HashSet<long> known = [.. heads.Select(static head => head.ZoneId)];
        foreach (FollowedZone zone in _services.Zones.All)
        {
            if (!known.Contains(zone.Place.ZoneId) || zone.Place.ServedVersion is 0 || !zone.Place.IsCompared)
                zone.Writer?.Tell(ZoneCommand.LookAtStore.Instance);
        }
    }

    private void Acknowledge(ActorContext<FollowCommand> ctx)
    {
        if (_isSending)
            return;
        List<KeyValuePair<Guid, long>> upTo = [];
        foreach ((Guid id, OriginProgress origin) in _origins)
        {
            if (!origin.Advance())
                continue;
            upTo.Add(new KeyValuePair<Guid, long>(id, origin.Served));
            origin.Acknowledged = origin.Served;
        }

        if (upTo.Count == 0)
            return;
        _isSending = true;
        ctx.PipeToSelf(
            SendAsync(new ClusterSignal.Acknowledged(_services.Self, upTo), ctx.Stopping),
            static _ => FollowCommand.AcknowledgementSent.Instance,
            static _ => FollowCommand.AcknowledgementSent.Instance);
    }
}
