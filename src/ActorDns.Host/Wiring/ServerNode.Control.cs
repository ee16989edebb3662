using ActorDns.Actors.Journal;
using ActorDns.Actors.Keys;
using ActorDns.Actors.Notify;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Sockets;
using ActorDns.Server.Transfers;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Wiring;

/// <summary>What commands see of the node and change about it while it runs.</summary>
public sealed partial class ServerNode
{
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(10);

    /// <summary>The configuration in force; null before a successful start.</summary>
    public NamedConfiguration? Configuration { get; private set; }

    /// <summary>What the last reading of the configuration found.</summary>
    public IReadOnlyList<ConfigDiagnostic> Diagnostics { get; private set; } = [];

    /// <summary>Addresses that are served.</summary>
    public IReadOnlyList<NetEndpoint> Listening => _listeners.Endpoints;

    /// <summary>Updates that were dropped because too many were under way.</summary>
    public long UpdatesOverQuota => _writers.Quota.Rejected;

    /// <summary>Counters of all workers, to be added up.</summary>
    public IReadOnlyList<RequestCounters> Counters
    {
        get
        {
            lock (_counters)
                return [.. _counters];
        }
    }

    /// <summary>The configured zones as they are now, loaded or not.</summary>
    public IReadOnlyList<ZoneStatus> Zones => Configuration is { } configuration ? _zones.Describe(configuration) : [];

    /// <summary>URLs of the pages about health and metrics.</summary>
    public IReadOnlyList<string> HttpAddresses => _telemetry.Addresses;

    /// <summary>Zones that live on this node.</summary>
    public int ZoneCount => _zones.Count;

    /// <summary>When the node was made.</summary>
    public DateTimeOffset Started { get; }

    /// <summary>When a configuration last took effect.</summary>
    public DateTimeOffset Configured { get; private set; }

    /// <summary>True while a reload or another change is at work or waits.</summary>
    public bool IsChanging => Volatile.Read(ref _changes) > 0;

    /// <summary>True when the last reading of the configuration failed and what was served before is served on.</summary>
    public bool HasReloadFailed { get; private set; }

    /// <summary>Threads that answer UDP.</summary>
    public int UdpThreads => _listeners.UdpThreads;

    /// <summary>Open stream connections, and the most there were at once.</summary>
    public (int Now, int HighWater) StreamConnections => (_listeners.ConnectionCount, _listeners.ConnectionHighWater);

    /// <summary>True when every query is logged.</summary>
    public bool LogsQueries => _publisher.LogsQueries;

    /// <summary>Where named.conf is.</summary>
    public string ConfigurationPath => Path.GetFullPath(_options.ConfigurationFile);

    /// <summary>The time by the node's clock.</summary>
    internal DateTimeOffset Now => _system.Clock.GetUtcNow();

    /// <summary>The zones that live on this node, as status displays show them.</summary>
    internal IReadOnlyList<ZoneStatus> LocalZones =>
        [.. Zones.Where(static zone => zone.Type is nameof(ZoneKind.Primary) or nameof(ZoneKind.Secondary))];

    /// <summary>The zones that live on this node.</summary>
    internal IReadOnlyCollection<ZoneRuntime> LocalRuntimes => [.. _zones.All];

    /// <summary>Whether the journal can be written; null where there is none.</summary>
    internal JournalHealth? JournalHealth => _journal?.Health;

    /// <summary>Updates that were taken and are not answered yet.</summary>
    internal int UpdatesInFlight => _updates.Open;

    /// <summary>What all UDP threads have received and sent.</summary>
    internal ListenerCounts UdpCounts => _listeners.UdpCounts;

    /// <summary>What happened on stream connections.</summary>
    internal StreamCounts StreamCounts => _listeners.StreamCounts;

    /// <summary>Who holds which version of a zone.</summary>
    internal SnapshotLeases Leases => _leases;

    /// <summary>True writes the files of changed zones at the end, as <c>rndc stop</c> asks for.</summary>
    internal bool FlushesZonesAtStop { get; set; }

    /// <summary>Name of the key of <c>nsupdate -l</c>; null when there is none.</summary>
    internal DomainName? SessionKeyName => _sessionKey?.Key.Name;

    /// <summary>The time-outs of stream connections that are in force.</summary>
    internal StreamTimeouts StreamTimeouts
    {
        get
        {
            ServerOptions options = Configuration!.Options;
            return _publisher.Timeouts ?? new StreamTimeouts(
                options.TcpInitialTimeout.Value,
                options.TcpIdleTimeout.Value,
                options.TcpKeepaliveTimeout.Value,
                options.TcpAdvertisedTimeout.Value);
        }
    }

    /// <summary>SOA queries to primaries that are under way.</summary>
    public int SoaQueries => _zones.Secondaries.SoaQueries;

    /// <summary>Transfers from primaries: those that run, and those that wait for their turn.</summary>
    public Task<(int Running, int Waiting)> CountTransfersInAsync() => _zones.Secondaries.CountTransfersAsync(AskDeadline);

    /// <summary>Transfers out that run now.</summary>
    public async Task<int> CountTransfersOutAsync()
    {
        AskResult<IReadOnlyList<TransferInfo>> asked = await _transfers.TryAskAsync<IReadOnlyList<TransferInfo>>(
            reply => new TransferCommand.List(reply), AskDeadline);
        return asked.TryGetReply(out IReadOnlyList<TransferInfo>? running) ? running.Count : 0;
    }

    /// <summary>Turns the logging of queries on or off, for good: a reload does not change it back.</summary>
    public Task SetQueryLogAsync(bool isOn) => ChangeAsync(() =>
    {
        _publisher.SetQueryLog(isOn);
        return Task.FromResult(true);
    });

    /// <summary>Serves the addresses that the interfaces have now.</summary>
    public Task ScanInterfacesAsync() => ChangeAsync(async () =>
    {
        ListenAddresses addresses = new();
        _local.Publish(addresses.Local);
        if (Configuration is { } configuration)
            await _listeners.ReconfigureAsync(addresses.Resolve(configuration, _local, _options, _settings.Listen), configuration.Options);
        if (_publisher.Timeouts is { } timeouts)
            _listeners.SetTimeouts(timeouts.Initial, timeouts.Idle, timeouts.Keepalive);
        return true;
    });

    /// <summary>Asks the key registry.</summary>
    internal Task<KeyAnswer> AskKeysAsync(KeyRequest request, CancellationToken ct = default) => _keys.AskAsync(request, ct);

    /// <summary>How far the servers are that this node talks to with keys in a rotation.</summary>
    internal IReadOnlyList<CutoverStatus> KeyCutovers => _keys.Outbound.List();

    /// <summary>The keys that requests are verified with.</summary>
    internal KeyRing KeyRing => _publisher.Published.Current.Keys;

    /// <summary>This node among the others of its store; null when it is alone.</summary>
    internal ClusterNode? Cluster => _journal?.Cluster;

    internal ZoneRuntime? FindRuntime(string view, DomainName name) => _zones.Find(view, name);

    internal bool IsAdded(string view, DomainName name) => _editor.IsAdded(view, name);

    /// <summary>Tells the secondaries of a zone now; false when nobody tells them.</summary>
    internal async Task<bool> NotifyAsync(ZoneRuntime runtime)
    {
        if (runtime.Journal is { } place && Cluster is { } cluster && cluster.TryPassNotify(place))
            return true;
        AskResult<bool> asked = await _notifier.TryAskAsync<bool>(
            done => new NotifyCommand.Now(runtime.Published, done), AskDeadline);
        return asked.TryGetReply(out bool isKnown) && isKnown;
    }

    /// <summary>Whom a zone's changes are told to.</summary>
    internal async Task<NotifyTargets> NotifyTargetsAsync(ZoneRuntime runtime)
    {
        AskResult<NotifyTargets> asked = await _notifier.TryAskAsync<NotifyTargets>(
            reply => new NotifyCommand.Targets(runtime.Published, reply), AskDeadline);
        return asked.TryGetReply(out NotifyTargets? targets) ? targets : new NotifyTargets([], 0);
    }

    /// <summary>Holds the version that is served, for reading it at length; null when the zone is not loaded.</summary>
    internal SnapshotLease? Hold(ZoneRuntime runtime, string holder) => _leases.Acquire(() => runtime.Published.Current, holder);

    /// <summary>Sets the time-outs of connections to come, until the configuration is read again.</summary>
    internal Task SetStreamTimeoutsAsync(StreamTimeouts timeouts) => ChangeAsync(() =>
    {
        _listeners.SetTimeouts(timeouts.Initial, timeouts.Idle, timeouts.Keepalive);
        _publisher.Timeouts = timeouts;
        return Task.FromResult(true);
    });

    /// <inheritdoc cref="ZoneEditor.ReloadAsync"/>
    internal Task<ZoneEdit> ReloadZoneAsync(string view, DomainName name, CancellationToken ct = default) =>
        ChangeAsync(() => _editor.ReloadAsync(Configuration!, view, name, ct));

    /// <inheritdoc cref="ZoneEditor.SetAsync"/>
    internal Task<ZoneEdit> SetZoneAsync(
        string view, DomainName name, string statement, bool replaces, CancellationToken ct = default) => ChangeAsync(() =>
            _editor.SetAsync(view, name, statement, replaces, configuration => ApplyZoneAsync(configuration, view, name, ct), ct));

    /// <inheritdoc cref="ZoneEditor.RemoveAsync"/>
    internal Task<ZoneEdit> RemoveZoneAsync(string view, DomainName name, CancellationToken ct = default) => ChangeAsync(() =>
        _editor.RemoveAsync(view, name, configuration => ApplyZoneAsync(configuration, view, name, ct), ct));

    /// <inheritdoc cref="ZoneEditor.ReadAgainAsync"/>
    internal Task<bool> ReadAddedZonesAsync(CancellationToken ct) => ChangeAsync(() =>
        _editor.ReadAgainAsync(configuration => ApplyAsync(configuration, LoadScope.New, ct)));
}
