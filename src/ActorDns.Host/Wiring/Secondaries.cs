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
    private readonly ActorRef<InboundCommand> _transfers;

    public Secondaries(ActorSystem system, SnapshotLeases leases, ILoggerFactory loggers)
    {
        _system = system;
        _leases = leases;
        _loggers = loggers;
        _zoneload = loggers.CreateLogger("zoneload");
        _pace = new QueryPace(system.Clock);
        _transfers = system.Spawn("transfers-in", new Props<InboundCommand>(() => new InboundManager(new InboundSettings(), loggers))
        {
            MailboxCapacityMessages = 1 << 20, // Each zone has one transfer under way at most.
        });
    }

    /// <summary>Makes the refresher of a zone.</summary>
    public ActorRef<RefreshCommand> Spawn(PublishedZone published, ZoneJournal? journal, ActorRef<ZoneCommand> writer) =>
        _system.Spawn(null, ZoneRefresher.CreateProps(new RefreshServices(
            published, journal, writer, _transfers, _leases, _pace, _loggers, Random.Shared.NextDouble)));

    /// <summary>Takes what holds for all zones.</summary>
    public async Task ConfigureAsync(ServerOptions options)
    {
        _pace.PerSecond = options.SerialQueryRate.Value;
        await _transfers.TellAsync(new InboundCommand.Configure(
            new InboundSettings(options.TransfersIn.Value, options.TransfersPerNs.Value)));
    }

    /// <summary>Takes what the configuration says of a zone.</summary>
    public static async Task ConfigureAsync(
        NamedConfiguration configuration,
        ViewConfiguration view,
        ZoneConfiguration zone,
        ZoneRuntime runtime,
        string name,
        CancellationToken ct)
    {
        RefreshSettings settings = new SecondarySettingsMapper(configuration).Map(view, zone, name);
        await runtime.Refresher!.TellAsync(new RefreshCommand.Configure(settings), ct);
    }

    /// <summary>Serves what there was, and asks the primaries; with a reload just asks.</summary>
    public async Task StartAsync(ZoneConfiguration zone, ZoneRuntime runtime, string name, CancellationToken ct)
    {
        bool isFirst = !runtime.IsStarted;
        runtime.IsStarted = true;
        AskResult<SecondaryContent> asked = await runtime.Actor.TryAskAsync<SecondaryContent>(
            done => new ZoneCommand.Restore(zone.FilePath, ServingStateMapper.Checks(zone) with { IsPrimary = false }, done),
            RestoreDeadline,
            ct);
        asked.TryGetReply(out SecondaryContent? content);
        foreach (MasterFileProblem problem in content?.Problems ?? [])
            Log.ZoneWarning(_zoneload, name, problem.ToString());
        runtime.Error = content?.Serial is null ? "not transferred yet" : null;
        if (isFirst && content?.Serial is { } serial)
            Log.ZoneLoaded(_zoneload, name, serial.Value);
        await runtime.Refresher!.TellAsync(new RefreshCommand.Start(content?.ExpiresAt), ct);
    }
}
