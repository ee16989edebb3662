using ActorDns.Actors.Journal;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Cluster;

/// <summary>The actors by which a node is one of several that share a store.</summary>
public sealed class ClusterActors
{
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WaitInterval = TimeSpan.FromMilliseconds(10);
    private readonly ActorSystem _system;
    private readonly OpenedStore _opened;
    private readonly ClusterSettings _settings;
    private readonly ILogger _log;
    private readonly FollowMemory _memory = new();
    private readonly SerialSurvey _survey;
    private readonly ActorRef<PropagationCommand> _propagation;
    private ActorRef<MembershipCommand>? _membership;

    /// <summary>Makes those that a writer of the journal needs.</summary>
    /// <param name="system">Runs them.</param>
    /// <param name="opened">The store, which has <see cref="IJournalStore.Cluster"/>.</param>
    /// <param name="membership">What this node says of itself.</param>
    /// <param name="settings">What the node's settings say.</param>
    /// <param name="log">Category <c>database</c>.</param>
    public ClusterActors(
        ActorSystem system, OpenedStore opened, Membership membership, ClusterSettings settings, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(membership);
        _system = system;
        _opened = opened;
        _settings = settings;
        _log = log;
        Membership = membership;
        PropagationGate gate = new();
        _propagation = system.Spawn(
            "propagation", PropagationActor.CreateProps(gate, Groups, membership.Incarnation, settings, log));
        gate.Holder = _propagation;
        Groups.Announcer = system.Spawn("announcer", () => new Announcer(membership.Incarnation, Groups, opened));
        _survey = new SerialSurvey(membership.Incarnation, Zones, system.Clock);
        Links = new ClusterLinks(Zones, gate, new Stewardship(membership.Incarnation, system.Clock));
    }

    /// <summary>Numbers what this node commits.</summary>
    public CommittedGroups Groups { get; } = new();

    /// <summary>The zones of this node that follow the store.</summary>
    private FollowedZones Zones { get; } = new();

    /// <summary>What zones need.</summary>
    public ClusterLinks Links { get; }

    /// <summary>The nodes.</summary>
    public Membership Membership { get; }

    /// <summary>Tells when operators have changed something in the store.</summary>
    public StoreChanges Changes { get; } = new();

    /// <summary>Tells whether the store was away.</summary>
    public StoreContact Contact { get; } = new();

    /// <summary>True when this node is behind the others.</summary>
    public bool IsBehind => _memory.IsBehind;

    /// <summary>
    /// Enters this node among the others and starts to follow, before any zone is read. Null when done or when the store is away; else why
    /// this node may not take part.
    /// </summary>
    public async Task<string?> StartAsync(CancellationToken ct)
    {
        if (await EnterAsync(ct).ConfigureAwait(false) is { } reason)
            return reason;
        if (await _opened.OpenAsync(ct).ConfigureAwait(false) is { IsDone: true })
        {
            IChangeFeed feed = _opened.Store.Cluster!.Feed;
            StoreResult<FeedPosition> start = await feed.StartAsync(ct).ConfigureAwait(false);
            StoreResult<FeedPage> page = start.IsDone
                ? await feed.ReadAsync(start.Value, ct).ConfigureAwait(false)
                : new(start.Status, start.Message);
            if (page.IsDone)
            {
                _memory.Position = start.Value;
                _memory.Revisions = page.Value.Revisions;
            }
        }

        FollowServices follow = new(Membership.Incarnation, _opened, Contact, Links.Zones, Pass, Changes, _log);
        _system.Spawn("follower", Follower.CreateProps(follow, _memory));
        _membership = _system.Spawn("membership", () => new MembershipActor(
            Membership, _opened, _settings, live => _propagation.Tell(new PropagationCommand.Live(live)), _log));
        Links.Stewards.Keeper = _system.Spawn(
            "stewards", StewardActor.CreateProps(new StewardServices(Membership, _opened, Links.Zones, Links.Stewards)));
        return null;
    }

    /// <summary>
    /// Waits until all other live nodes, those that lag among them, serve a version of a zone that this node serves. Gives the names of
    /// those that do not when the wait is ended.
    /// </summary>
    public async Task<IReadOnlyList<string>> WaitAsync(ZoneHead head, CancellationToken ct)
    {
        long group = Groups.Commit([head], updates: 0); // Announced once more: whoever acknowledges this has it.
        while (true)
        {
            string[] behind = [.. Links.Propagation.Peers.Where(peer => peer.Acknowledged < group).Select(static peer => peer.Node)];
            if (behind.Length == 0 || ct.IsCancellationRequested)
                return behind;
            await Task.Delay(WaitInterval, _system.Clock, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The newest serial of a zone that the other nodes which live serve; null when they tell none.</summary>
    public Task<Serial?> NewestSerialAsync(long zoneId) => _survey.AskAsync(
        zoneId,
        Membership.Status.Live.Select(static member => member.Report.Incarnation).Where(id => id != Membership.Incarnation),
        SendAsync);

    /// <summary>Says what this node is doing now.</summary>
    public async Task BecomeAsync(MemberState state)
    {
        Membership.State = state;
        if (_membership is { } membership && Membership.Status.IsReachable)
            await membership.TryAskAsync<bool>(done => new MembershipCommand.Become(state, done), AskDeadline).ConfigureAwait(false);
    }

    /// <summary>Says that this node ends; the others do not wait for it any more.</summary>
    public async Task LeaveAsync()
    {
        if (_membership is null || !Membership.Status.IsReachable)
            return;
        await _membership.StopAsync().ConfigureAwait(false);
        await Links.Stewards.Keeper!.StopAsync().ConfigureAwait(false);
        Membership.State = MemberState.Left;
        using CancellationTokenSource late = new(AskDeadline);
        try
        {
            foreach (LeaseToken token in Enumerable.Range(0, Stewardship.Buckets).Select(Links.Stewards.TokenAt).OfType<LeaseToken>())
                await _opened.Store.Leases.ReleaseAsync(token, late.Token).ConfigureAwait(false);
            await _opened.Store.Cluster!.Members.LeaveAsync(Membership.Incarnation, late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The others notice soon enough.
        }
    }

    /// <summary>A process that was killed keeps its name until the others give it up: its successor waits for that.</summary>
    private async Task<string?> EnterAsync(CancellationToken ct)
    {
        long since = _system.Clock.GetTimestamp();
        bool hasSaid = false;
        while (true)
        {
            StoreResult<ClusterView> entered = await Membership.BeatAsync(_opened, _settings.AliveFor, ct).ConfigureAwait(false);
            if (entered.IsDone)
                Membership.Status = new ClusterStatus(entered.Value, [.. entered.Value.Alive(_settings.AliveFor)], true);
            if (entered.Status != StoreStatus.Refused)
                return null;
            if (_system.Clock.GetElapsedTime(since) > _settings.AliveFor * 2)
                return entered.Message;
            if (!hasSaid)
                Log.WaitingForName(_log, Membership.Node, entered.Message);
            hasSaid = true;
            await Task.Delay(TimeSpan.FromMilliseconds(500), _system.Clock, ct).ConfigureAwait(false);
        }
    }

    private void Pass(ClusterSignal signal)
    {
        switch (signal)
        {
            case ClusterSignal.ForSteward asked when asked.Node != Membership.Incarnation:
                Links.Stewards.Keeper?.Tell(new StewardCommand.Asked(asked));
                break;
            case ClusterSignal.SerialWanted wanted when _survey.Answer(wanted) is { } answer:
                _ = SendAsync(answer);
                break;
            case ClusterSignal.SerialServed served:
                _survey.Take(served);
                break;
            case ClusterSignal.Acknowledged acknowledged:
                Pass(acknowledged);
                break;
        }
    }

    private async Task SendAsync(ClusterSignal signal)
    {
        using CancellationTokenSource late = new(AskDeadline);
        try
        {
            await _opened.Store.Cluster!.Signals.SendAsync(signal.ToString(), late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It is as lost as any other signal may be.
        }
    }

    private void Pass(ClusterSignal.Acknowledged acknowledged)
    {
        foreach ((Guid origin, long group) in acknowledged.UpTo)
        {
            if (origin == Membership.Incarnation)
                _propagation.Tell(new PropagationCommand.Acknowledged(acknowledged.Node, group));
        }
    }
}
