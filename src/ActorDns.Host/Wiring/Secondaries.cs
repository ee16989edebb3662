using ActorDns.Actors;
using ActorDns.Actors.Keys;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Transfers;
using ActorDns.Actors.Zones;
using ActorDns.Configuration.Model;
using ActorDns.Kernel;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>The node's secondary zones: one that fetches for all of them, and for each one that keeps it new.</summary>
internal sealed class Secondaries
{
    private static readonly TimeSpan RestoreDeadline = TimeSpan.FromHours(1);
    private readonly ActorSystem _system;
    private readonly SnapshotLeases _leases;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _zoneload;
    private readonly QueryPace _pace;
    private readonly OutboundKeys _keys;
    private readonly ActorRef<InboundCommand> _transfers;

    public Secondaries(
        ActorSystem system, SnapshotLeases leases, ActorsMetrics metrics, OutboundKeys keys, ILoggerFactory loggers)
    {
        _keys = keys;
        _system = system;
        _leases = leases;
        _loggers = loggers;
        _zoneload = loggers.CreateLogger("zoneload");
        _pace = new QueryPace(system.Clock);
        Props<InboundCommand> manager = new(() => new InboundManager(new InboundSettings(), loggers, metrics))
        {
            MailboxCapacityMessages = 1 << 20, // Each zone has one transfer under way at most.
        };
        _transfers = system.Spawn("transfers-in", manager);
    }

    /// <summary>Makes the refresher of a zone.</summary>
    public ActorRef<RefreshCommand> Spawn(PublishedZone published, ZoneJournal? journal, ActorRef<ZoneCommand> writer) =>
        _system.Spawn(null, ZoneRefresher.CreateProps(new RefreshServices(
            published, journal, writer, _transfers, _leases, _pace, _loggers, _system.Clock, Random.Shared.NextDouble)
        {
            Keys = _keys,
        }));

    /// <summary>SOA queries under way.</summary>
    public int SoaQueries => _pace.Asking;

    /// <summary>Transfers that run, and those that wait for their turn.</summary>
    public async Task<(int Running, int Waiting)> CountTransfersAsync(TimeSpan deadline)
    {
        AskResult<(int Running, int Waiting)> asked = await _transfers.TryAskAsync<(int Running, int Waiting)>(
            answer => new InboundCommand.Count(answer), deadline);
        return asked.TryGetReply(out (int Running, int Waiting) count) ? count : default;
    }

    /// <summary>Takes what holds for all zones.</summary>
    public async Task ConfigureAsync(ServerOptions options)
    {
        _pace.PerSecond = options.SerialQueryRate.Value;
        await _transfers.TellAsync(new InboundCommand.Configure(
            new InboundSettings(options.TransfersIn.Value, options.TransfersPerNs.Value)));
    }

    /// <summary>Takes what the configuration says of a zone.</summary>
    public async Task ConfigureAsync(
        NamedConfiguration configuration,
        ViewConfiguration view,
        ZoneConfiguration zone,
        ZoneRuntime runtime,
        string name,
        CancellationToken ct)
    {
        RefreshSettings settings = new SecondarySettingsMapper(configuration, _keys.Find).Map(view, zone, name);
        await runtime.Refresher!.TellAsync(new RefreshCommand.Configure(settings), ct);
    }

    /// <summary>Serves what there was, and asks the primaries; with a reload just asks.</summary>
    public async Task StartAsync(ZoneConfiguration zone, ZoneRuntime runtime, string name, CancellationToken ct)
    {
        bool isFirst = !runtime.IsStarted;
        runtime.IsStarted = true;
        AskResult<SecondaryContent> asked = await runtime.Refresher!.TryAskAsync<SecondaryContent>(
            done => new RefreshCommand.Start(
                again => new ZoneCommand.Restore(zone.FilePath, ServingStateMapper.Checks(zone) with { IsPrimary = false }, again), done),
            RestoreDeadline,
            ct);
        asked.TryGetReply(out SecondaryContent? content);
        foreach (MasterFileProblem problem in content?.Problems ?? [])
            Log.ZoneWarning(_zoneload, name, problem.ToString());
        runtime.Error = content is not { IsStoreAway: false } ? "its content may be in the journal, which cannot be read"
            : content.Serial is null ? "not transferred yet"
            : null;
        if (isFirst && content?.Serial is { } serial)
            Log.ZoneLoaded(_zoneload, name, serial.Value);
    }
}
