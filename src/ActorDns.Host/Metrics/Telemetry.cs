using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace ActorDns.Host.Metrics;

/// <summary>
/// Health and metrics of one node: what is measured, what makes it ready, and where both can be looked at. Nothing is collected as long
/// as nobody is to look.
/// </summary>
internal sealed class Telemetry : IAsyncDisposable
{
    /// <summary>Longest wait for the first transfers of secondary zones; then the node is ready without them.</summary>
    public static readonly TimeSpan FirstTransfersDeadline = TimeSpan.FromMinutes(5);

    /// <summary>Longest wait for a collector that gets the last values when the node ends.</summary>
    private static readonly TimeSpan LastExportDeadline = TimeSpan.FromSeconds(2);

    private readonly ServerNode _node;
    private readonly ActorSystem _system;
    private readonly ILogger _log;
    private readonly HttpListeners _http;
    private MeterProvider? _provider;
    private TelemetrySettings? _settings;

    /// <summary>Makes the instruments and checks of a node; nothing listens before <see cref="ConfigureAsync"/>.</summary>
    public Telemetry(ServerNode node, ActorSystem system, ILogger log)
    {
        _node = node;
        _system = system;
        _log = log;
        Meter = new NodeMeter(system);
        Health = new NodeHealth(system.Clock);
        _http = new HttpListeners(new HttpPages(node, Health), log);
        Health.Add(ReadyPart.Serve, ListenersMissing);
        Health.Add(ReadyPart.Serve, FirstTransfersMissing);
        Health.Add(ReadyPart.Write, StoreMissing);
        Health.Add(ReadyPart.Write, ClusterMissing);
        _ = new NodeInstruments(node, this);
    }

    /// <summary>What is measured.</summary>
    public NodeMeter Meter { get; }

    /// <summary>What makes the node ready.</summary>
    public NodeHealth Health { get; }

    /// <summary>True when every zone's serial is to be a metric.</summary>
    public bool HasZoneSerials => _settings is { HasZoneSerials: true };

    /// <summary>URLs of the pages.</summary>
    public IReadOnlyList<string> Addresses => _http.Addresses;

    /// <summary>Takes settings at start or reload. False when an address cannot be had: then what was listened on stays.</summary>
    public async Task<bool> ConfigureAsync(NodeSettings settings)
    {
        TelemetrySettings next = settings.Telemetry;
        if (_provider is null && (next.Http.Count > 0 || next.OtlpEndpoint is not null))
        {
            _provider = MetricsPipeline.Build(_system, settings.Node, next);
            Meter.Server.Begin();
            Meter.Actors.Begin();
            if (next.OtlpEndpoint is { } endpoint)
                Log.SendingOtlp(_log, endpoint, next.OtlpProtocol.ToString());
        }
        else if (_settings is { } before && (before.OtlpEndpoint, before.OtlpProtocol) != (next.OtlpEndpoint, next.OtlpProtocol))
        {
            Log.OtlpNeedsRestart(_log);
        }

        if (!await _http.ConfigureAsync(next.Http, _provider))
            return false;
        _settings = next;
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        _provider?.Shutdown((int)LastExportDeadline.TotalMilliseconds);
        _provider?.Dispose();
        Meter.Dispose();
    }

    private NotReady? ListenersMissing() =>
        _node.Listening.Count == 0 ? new NotReady("listeners", "no address is listened on", Health.Now.Since) : null;

    private NotReady? FirstTransfersMissing()
    {
        DateTimeOffset since = Health.Now.Since;
        if (_node.Now - since >= FirstTransfersDeadline)
            return null;
        int waiting = _node.LocalRuntimes.Count(static zone => zone.Standing == ZoneStanding.AwaitingTransfer);
        return waiting == 0 ? null : new NotReady("transfers", $"{waiting} secondary zones were not transferred yet", since);
    }

    private NotReady? ClusterMissing()
    {
        if (Health.Now.Phase == NodePhase.Starting || _node.Cluster?.Actors.Membership.Status is not { IsReachable: false } status)
            return null;
        DateTimeOffset lastHeard = status.View.Now;
        return new NotReady("cluster", "the database is not heard from", lastHeard > _node.Started ? lastHeard : _node.Started);
    }

    private NotReady? StoreMissing()
    {
        if (Health.Now.Phase == NodePhase.Starting)
            return null;
        if (_node.JournalHealth is not { } journal)
            return new NotReady("store", "another process has the journal", _node.Started);
        (StoreStatus status, string reason, DateTimeOffset since) = journal.Last;
        if (status != StoreStatus.Done)
            return new NotReady("store", $"{status}: {reason}", since);
        TimeSpan waiting = journal.Waiting;
        return waiting < UpdateDeadlines.Longest
            ? null
            : new NotReady("store", "a write is waiting for it", _node.Now - waiting);
    }
}
