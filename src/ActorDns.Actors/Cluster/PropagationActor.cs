using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Cluster;

/// <summary>
/// Read your write (ARCHITECTURE §5.5): holds the answers to changes until the other nodes serve them, for a limited time. A node that is
/// late is lagging from then on, and nobody waits for it until it keeps up again.
/// </summary>
internal sealed class PropagationActor : BatchActor<PropagationCommand>
{
    private const int MailboxCapacityMessages = 65_536;
    private readonly PropagationGate _gate;
    private readonly CommittedGroups _groups;
    private readonly Guid _self;
    private readonly ClusterSettings _settings;
    private readonly ILogger _log;
    private readonly Dictionary<Guid, Peer> _peers;
    private readonly PriorityQueue<Action, long> _held = new();
    private readonly Queue<(long Group, long Timestamp)> _recent = new();
    private long _seen;
    private long _settled; // Newest group that everybody had time for.

    private PropagationActor(
        PropagationGate gate, CommittedGroups groups, Guid self, ClusterSettings settings, ILogger log, Dictionary<Guid, Peer> peers)
    {
        _gate = gate;
        _groups = groups;
        _self = self;
        _settings = settings;
        _log = log;
        _peers = peers;
    }

    /// <summary>The recipe. What is known of the other nodes outlives a restart.</summary>
    public static Props<PropagationCommand> CreateProps(
        PropagationGate gate, CommittedGroups groups, Guid self, ClusterSettings settings, ILogger log)
    {
        Dictionary<Guid, Peer> peers = [];
        return new Props<PropagationCommand>(() => new PropagationActor(gate, groups, self, settings, log, peers))
        {
            MailboxCapacityMessages = MailboxCapacityMessages,
        };
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ReadOnlyMemory<PropagationCommand> batch, ActorContext<PropagationCommand> ctx)
    {
        long now = ctx.Clock.GetTimestamp();
        foreach (PropagationCommand command in batch.Span)
        {
            switch (command)
            {
                case PropagationCommand.Hold hold:
                    _held.Enqueue(hold.Release, hold.Group);
                    break;
                case PropagationCommand.Acknowledged acknowledged when _peers.TryGetValue(acknowledged.Node, out Peer? peer):
                    peer.Group = Math.Max(peer.Group, acknowledged.Group);
                    break;
                case PropagationCommand.Live live:
                    Take(live.Members);
                    break;
            }
        }

        if (_groups.Last is var last && last > _seen)
            _recent.Enqueue((_seen = last, now));
        Settle(ctx, now);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask PostStopAsync(ActorContext<PropagationCommand> ctx)
    {
        ReleaseUpTo(long.MaxValue);
        return ValueTask.CompletedTask;
    }

    private void Take(IReadOnlyList<ClusterMember> members)
    {
        HashSet<Guid> live = [];
        foreach (ClusterMember member in members)
        {
            MemberReport report = member.Report;
            if (report.Incarnation == _self || report.State is MemberState.Left)
                continue;
            live.Add(report.Incarnation);
            if (!_peers.TryGetValue(report.Incarnation, out Peer? peer))
                _peers[report.Incarnation] = peer = new Peer(report.Node);
            peer.IsDraining = report.State == MemberState.Draining;
        }

        foreach (Guid gone in _peers.Keys.Where(peer => !live.Contains(peer)).ToArray())
            _peers.Remove(gone);
    }

    private void Settle(ActorContext<PropagationCommand> ctx, long now)
    {
        while (_recent.TryPeek(out (long Group, long Timestamp) oldest) && IsOver(oldest.Timestamp))
        {
            _recent.Dequeue();
            _settled = oldest.Group;
        }

        foreach (Peer peer in _peers.Values)
        {
            if (peer.IsLagging && peer.Group >= _settled)
                SetLagging(peer, false);
            else if (!peer.IsLagging && peer.Group < _settled)
                SetLagging(peer, true);
        }

        long upTo = UpTo();
        ReleaseUpTo(upTo);
        _gate.Open(upTo, [.. _peers.Select(static peer =>
            new PeerProgress(peer.Value.Node, peer.Key, peer.Value.Group, peer.Value.IsLagging))]);
        if (_recent.TryPeek(out (long Group, long Timestamp) next) && !ctx.Timers.IsActive(nameof(PropagationCommand.Late)))
        {
            TimeSpan left = _settings.PropagationTimeout - ctx.Clock.GetElapsedTime(next.Timestamp, now);
            ctx.Timers.StartSingle(
                nameof(PropagationCommand.Late), left > TimeSpan.Zero ? left : TimeSpan.Zero, PropagationCommand.Late.Instance);
        }

        bool IsOver(long since) => ctx.Clock.GetElapsedTime(since, now) >= _settings.PropagationTimeout;
    }

    private void SetLagging(Peer peer, bool isLagging)
    {
        peer.IsLagging = isLagging;
        bool isFirst = peer.IsNew;
        peer.IsNew = false;
        if (isFirst)
            return; // It was not waited for before it said for the first time how far it is.
        if (isLagging)
            Log.NodeLags(_log, peer.Node, (long)_settings.PropagationTimeout.TotalMilliseconds);
        else
            Log.NodeKeepsUp(_log, peer.Node);
    }

    /// <summary>The group up to which everybody is who is waited for.</summary>
    private long UpTo()
    {
        List<long> waited = [.. _peers.Values
            .Where(static peer => !peer.IsLagging && !peer.IsDraining).Select(static peer => peer.Group).OrderDescending()];
        int others = _settings.Propagation switch
        {
            PropagationMode.Local => 0,
            PropagationMode.Quorum => Math.Min(waited.Count, (_peers.Count + 1) / 2),
            _ => waited.Count,
        };
        return others == 0 ? long.MaxValue : waited[others - 1];
    }

    private void ReleaseUpTo(long group)
    {
        while (_held.TryPeek(out Action? release, out long next) && (next <= group || next <= _settled))
        {
            _held.Dequeue();
            release();
        }
    }

    private sealed class Peer(string node)
    {
        public string Node { get; } = node;

        public long Group { get; set; }

        public bool IsLagging { get; set; } = true;

        public bool IsNew { get; set; } = true;

        public bool IsDraining { get; set; }
    }
}
