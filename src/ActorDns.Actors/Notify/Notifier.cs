using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Notify;

/// <summary>
/// Tells other servers of new serials (RFC 1996), for all zones of a node. A zone's changes are told in rounds with a least time between
/// them; rounds stand in line, those of zones just loaded in a line of their own, and each line has its rate. Whom a round tells is worked
/// out when its turn has come, from what is served then.
/// </summary>
public sealed partial class Notifier : BatchActor<NotifyCommand>
{
    private const int MailboxCapacityMessages = 16_384;
    private const int MaxServersPerRound = 256;
    private readonly NotifierServices _services;
    private readonly NotifierMemory _memory;
    private readonly Schedule _schedule = new();
    private readonly NotifyLane _startup = new();
    private readonly NotifyLane _normal = new();
    private NameLookups _names = null!;
    private ActorContext<NotifyCommand> _ctx = null!;
    private TimeSpan _now;

    private Notifier(NotifierServices services, NotifierMemory memory)
    {
        _services = services;
        _memory = memory;
    }

    /// <summary>The recipe of a node's notifier. Configuration and what is owed to the servers outlive a restart.</summary>
    public static Props<NotifyCommand> CreateProps(NotifierServices services)
    {
        NotifierMemory memory = new();
        return new Props<NotifyCommand>(() => new Notifier(services, memory)) { MailboxCapacityMessages = MailboxCapacityMessages };
    }

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<NotifyCommand> ctx)
    {
        _ctx = ctx;
        _memory.StartTimestamp ??= ctx.Clock.GetTimestamp();
        _now = Now();
        _names = new NameLookups(_services, _schedule, ctx);
        SetRates();
        foreach (NotifyZone zone in _memory.Zones.Values)
            Resume(zone);
        Advance();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask PostStopAsync(ActorContext<NotifyCommand> ctx)
    {
        foreach (NotifySocket socket in _sockets.Values)
            socket.Dispose();
        _sockets.Clear();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ReadOnlyMemory<NotifyCommand> batch, ActorContext<NotifyCommand> ctx)
    {
        _now = Now();
        foreach (NotifyCommand command in batch.Span)
            Take(command);
        Advance();
        return ValueTask.CompletedTask;
    }

    // Never goes back, unlike the time of day.
    private TimeSpan Now() => _ctx.Clock.GetElapsedTime(_memory.StartTimestamp!.Value);

    private void Take(NotifyCommand command)
    {
        switch (command)
        {
            case NotifyCommand.Configure configure:
                Configure(configure.Settings);
                break;
            case NotifyCommand.ConfigureZone configure:
                SetServed(configure.Settings.View, configure.Name, configure.Settings.Zone);
                Configure(configure.Settings);
                break;
            case NotifyCommand.ForgetZone forget:
                if (_memory.Settings.Served.GetValueOrDefault((forget.View, forget.Name)) == forget.Zone)
                    SetServed(forget.View, forget.Name, null);
                if (_memory.Zones.TryGetValue(forget.Zone, out NotifyZone? forgotten))
                    Forget(forgotten);
                CloseUnusedSockets();
                break;
            case NotifyCommand.Open:
                _memory.IsOpen = true;
                foreach (NotifyZone zone in _memory.Zones.Values.Where(static zone => zone.IsPending))
                    Plan(zone);
                break;
            case NotifyCommand.Changed changed when _memory.Zones.TryGetValue(changed.Zone, out NotifyZone? zone):
                zone.IsPending = true;
                Plan(zone);
                break;
            case NotifyCommand.Now now:
                now.Done.Reply(TryBegin(now.Zone));
                break;
            case NotifyCommand.List list:
                list.Reply.Reply([.. _memory.Zones.Values
                    .Where(zone => list.Zone is null || zone.Settings.Zone == list.Zone)
                    .SelectMany(static zone => zone.Deliveries.Values)
                    .Select(static delivery => delivery.Status)]);
                break;
            case NotifyCommand.Targets asked:
                asked.Reply.Reply(_memory.Zones.TryGetValue(asked.Zone, out NotifyZone? told) ? TargetsOf(told) : new NotifyTargets([], 0));
                break;
            case NotifyCommand.Received received:
                Received(received);
                break;
            case NotifyCommand.Unreachable unreachable:
                Unreachable(unreachable);
                break;
            case NotifyCommand.StreamEnded ended:
                StreamEnded(ended);
                break;
            case NotifyCommand.Resolved resolved:
                foreach (NotifyZone zone in _names.Resolved(resolved, _now))
                    Tell(zone, resolved.Addresses);
                break;
        }
    }

    private void Configure(NotifierSettings settings)
    {
        _memory.Settings = settings;
        _memory.IsOpen = false;
        SetRates();
        HashSet<PublishedZone> kept = new(ReferenceEqualityComparer.Instance);
        foreach (ZoneNotifySettings zone in settings.Zones)
        {
            kept.Add(zone.Zone);
            Configure(zone);
        }

        foreach (NotifyZone zone in _memory.Zones.Where(pair => !kept.Contains(pair.Key)).Select(static pair => pair.Value).ToList())
            Forget(zone);
        CloseUnusedSockets();
    }

    private void Configure(ZoneNotifySettings zone)
    {
        if (!_memory.Zones.TryGetValue(zone.Zone, out NotifyZone? known))
            _memory.Zones[zone.Zone] = known = new NotifyZone(zone);
        known.Settings = zone;
        if (!zone.TellsAnybody)
            DropServers(known, static _ => true);
    }

    private void Forget(NotifyZone zone)
    {
        zone.IsGone = true;
        _schedule.Cancel(zone);
        DropServers(zone, static _ => true);
        _memory.Zones.Remove(zone.Settings.Zone);
    }

    private void SetServed(string view, DomainName name, PublishedZone? zone)
    {
        Dictionary<(string View, DomainName Name), PublishedZone> served = new(_memory.Settings.Served);
        if (zone is null)
            served.Remove((view, name));
        else
            served[(view, name)] = zone;
        _memory.Settings = _memory.Settings with { Served = served };
    }

    private void SetRates()
    {
        _startup.Rate = new SendRate(_memory.Settings.StartupRate);
        _normal.Rate = new SendRate(_memory.Settings.Rate);
    }

    /// <summary>After a restart: what was under way is told again.</summary>
    private void Resume(NotifyZone zone)
    {
        zone.Due = null;
        zone.IsReady = false;
        foreach (NotifyDelivery delivery in zone.Deliveries.Values)
        {
            zone.IsPending |= delivery.IsQueued || delivery.Phase != NotifyPhase.Idle;
            delivery.Due = null;
            delivery.IsQueued = false;
            delivery.IsOvertaken = false;
            delivery.Phase = NotifyPhase.Idle;
            delivery.Socket = null;
        }

        if (zone.IsPending)
            Plan(zone);
    }

    /// <summary>Lets a zone stand in line as soon as its delay is over. A round that is planned already tells the newest serial.</summary>
    private void Plan(NotifyZone zone)
    {
        if (!_memory.IsOpen || zone.IsReady || zone.Due is not null)
            return;
        TimeSpan due = zone.NextRound(_now);
        if (due <= _now)
            StandInLine(zone);
        else
            _schedule.Set(zone, due);
    }

    private bool TryBegin(PublishedZone published)
    {
        if (!_memory.Zones.TryGetValue(published, out NotifyZone? zone))
            return false;
        zone.IsPending = true;
        _schedule.Cancel(zone);
        if (_memory.IsOpen && !zone.IsReady)
            StandInLine(zone);
        return true;
    }

    private void StandInLine(NotifyZone zone)
    {
        zone.IsReady = true;
        LaneOf(zone).Zones.Enqueue(zone);
    }

    // A zone's first round is that of its load.
    private NotifyLane LaneOf(NotifyZone zone) => zone.Round == 0 ? _startup : _normal;

    /// <summary>Does what is due, sends what the rates allow, and sets the timer for what comes next.</summary>
    private void Advance()
    {
        while (_schedule.TryTake(_now, out Scheduled? due))
        {
            switch (due)
            {
                case NotifyZone zone:
                    StandInLine(zone);
                    break;
                case NotifyDelivery delivery:
                    Expired(delivery);
                    break;
                case NameLookup lookup:
                    _names.Expired(lookup, _now);
                    break;
            }
        }

        Send(_startup);
        Send(_normal);
        StartStreams();

        TimeSpan? next = _schedule.Next;
        foreach (NotifyLane lane in (ReadOnlySpan<NotifyLane>)[_startup, _normal])
        {
            // With too many under way, the next that ends goes on with the line.
            if (!lane.IsEmpty && _inFlight < MaxInFlight && lane.Rate.NextAfter(_now) is var turn && (next is null || turn < next))
                next = turn;
        }

        if (next is { } at)
            _ctx.Timers.StartSingle(nameof(NotifyCommand.Tick), at > _now ? at - _now : TimeSpan.Zero, NotifyCommand.Tick.Instance);
        else
            _ctx.Timers.Cancel(nameof(NotifyCommand.Tick));
    }

    private void Send(NotifyLane lane)
    {
        while (_inFlight < MaxInFlight)
        {
            if (lane.Sends.Count == 0)
            {
                if (!lane.Zones.TryDequeue(out NotifyZone? zone))
                    return;
                if (!zone.IsGone)
                    Begin(zone, lane);
            }
            else if (lane.Rate.TryTake(_now))
            {
                Send(lane.Sends.Dequeue());
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Begins a zone's round: works out whom it tells.</summary>
    private void Begin(NotifyZone zone, NotifyLane lane)
    {
        zone.IsReady = false;
        zone.IsPending = false;
        ZoneNotifySettings settings = zone.Settings;
        using SnapshotLease? lease = _services.Leases.Acquire(() => settings.Zone.Current, "notify");
        if (lease is null || !settings.TellsAnybody)
            return;

        zone.Round++;
        zone.LastRound = _now;
        NotifyTargets targets = TargetsOf(zone, lease.Snapshot);
        if (targets.Servers.Count + targets.Unresolved > 0)
            Log.SendingNotifies(_services.Log, settings.LogName, lease.Snapshot.Serial.Value);
        foreach (NotifyTarget target in targets.Servers)
            Enqueue(zone, target, lane);
        DropServers(zone, old => old.Round < zone.Round - 1); // One that waits for a name keeps its place for one more round.
    }

    private NotifyTargets TargetsOf(NotifyZone zone)
    {
        using SnapshotLease? lease = _services.Leases.Acquire(() => zone.Settings.Zone.Current, "notify");
        return lease is null || !zone.Settings.TellsAnybody ? new NotifyTargets([], 0) : TargetsOf(zone, lease.Snapshot);
    }

    private NotifyTargets TargetsOf(NotifyZone zone, ZoneSnapshot snapshot)
    {
        ZoneNotifySettings settings = zone.Settings;
        int unresolved = 0;
        List<NotifyTarget> targets = [.. settings.AlsoNotify.Select(server => TargetOf(zone, server))];
        foreach (DomainName name in settings.ToNameServers ? NameServers.Of(snapshot, settings.ToSoaPrimary) : [])
        {
            if (AddressesOf(name, zone) is { } addresses)
                targets.AddRange(TargetsAt(zone, addresses));
            else
                unresolved++;
        }

        return new NotifyTargets([.. targets.DistinctBy(static target => target.Identity)], unresolved);
    }

    /// <summary>Tells the servers at addresses that became known while the round went on.</summary>
    private void Tell(NotifyZone zone, IReadOnlyList<NetAddress> addresses)
    {
        if (zone.IsGone)
            return;
        foreach (NotifyTarget target in TargetsAt(zone, addresses))
            Enqueue(zone, target, zone.Round == 1 ? _startup : _normal);
    }

    /// <summary>
    /// The addresses of a name server: from our own zones when they have any, else as the system says; null when that waits.
    /// </summary>
    private IReadOnlyList<NetAddress>? AddressesOf(DomainName name, NotifyZone zone)
    {
        for (DomainName at = name; ; at = at.Parent)
        {
            if (_memory.Settings.Served.TryGetValue((zone.Settings.View, at), out PublishedZone? published))
            {
                using SnapshotLease? lease = _services.Leases.Acquire(() => published.Current, "notify");
                if (lease is not null && NameServers.AddressesIn(lease.Snapshot, name) is { Count: > 0 } own)
                    return own;
                break;
            }

            if (at.IsRoot)
                break;
        }

        return _names.TryGet(name, zone, _now, out IReadOnlyList<NetAddress> addresses) ? addresses : null;
    }

    private IEnumerable<NotifyTarget> TargetsAt(NotifyZone zone, IReadOnlyList<NetAddress> addresses) =>
        from address in addresses
        let endpoint = new NetEndpoint(address, _memory.Settings.Port)
        where !_memory.Settings.Own.Contains(endpoint)
        select TargetOf(zone, new AlsoNotify(endpoint));

    private NotifyTarget TargetOf(NotifyZone zone, AlsoNotify server)
    {
        NetAddress address = server.Endpoint.Address;
        NotifyPeer? peer = _memory.Settings.Peers.GetValueOrDefault(zone.Settings.View)
            ?.FirstOrDefault(block => block.Prefix.Contains(address));
        return new NotifyTarget(
            server.Endpoint,
            server.Key ?? peer?.Key,
            server.Source ?? peer?.Source ?? (address.IsIPv6 ? zone.Settings.SourceV6 : zone.Settings.Source),
            server.Tls is not null || peer?.IsStreamOnly == true,
            server.Tls);
    }

    private void Enqueue(NotifyZone zone, NotifyTarget target, NotifyLane lane)
    {
        if (!zone.Deliveries.TryGetValue(target.Identity, out NotifyDelivery? delivery))
        {
            if (zone.Deliveries.Count >= MaxServersPerRound)
            {
                Log.TooManyServers(_services.Log, zone.Settings.LogName, MaxServersPerRound);
                return;
            }

            zone.Deliveries[target.Identity] = delivery = new NotifyDelivery(zone, target);
        }

        delivery.Target = target;
        delivery.Round = zone.Round;
        if (delivery.IsQueued)
            return;
        delivery.IsQueued = true;
        lane.Sends.Enqueue(delivery);
    }

    private void DropServers(NotifyZone zone, Predicate<NotifyDelivery> which)
    {
        foreach (NotifyDelivery old in zone.Deliveries.Values.Where(old => which(old)).ToList())
        {
            Rest(old);
            zone.Deliveries.Remove(old.Target.Identity);
        }
    }
}
