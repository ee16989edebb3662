using ActorDns.Actors;
using ActorDns.Actors.Keys;
using ActorDns.Actors.Notify;
using ActorDns.Actors.Zones;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// The zones that live on this node, each with its actor: made, configured, loaded and withdrawn as a configuration says. Its methods are
/// called one after another.
/// </summary>
internal sealed class NodeZones
{
    private static readonly TimeSpan LoadDeadline = TimeSpan.FromHours(1);
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(10);
    private readonly ActorSystem _system;
    private readonly ReaderEpochs _epochs;
    private readonly SnapshotLeases _leases;
    private readonly LocalAddressBook _local;
    private readonly ZoneWriters _writers;
    private readonly ActorRef<NotifyCommand> _notifier;
    private readonly OutboundKeys _keys;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _config;
    private readonly ILogger _zoneload;
    private readonly HashSet<string> _saidNotServed = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<(string View, DomainName Name), ZoneRuntime> _zones = [];

    public NodeZones(
        ActorSystem system,
        ReaderEpochs epochs,
        SnapshotLeases leases,
        LocalAddressBook local,
        ZoneWriters writers,
        ActorRef<NotifyCommand> notifier,
        ActorsMetrics metrics,
        OutboundKeys keys,
        ILoggerFactory loggers)
    {
        _system = system;
        _epochs = epochs;
        _leases = leases;
        _local = local;
        _writers = writers;
        _notifier = notifier;
        _keys = keys;
        _loggers = loggers;
        Secondaries = new Secondaries(system, leases, metrics, keys, loggers);
        _config = loggers.CreateLogger("config");
        _zoneload = loggers.CreateLogger("zoneload");
    }

    /// <summary>Where the zones are journaled; null serves from files alone. Set before the first zone is made.</summary>
    public NodeJournal? Journal { get; set; }

    /// <summary>What keeps the secondary zones new.</summary>
    public Secondaries Secondaries { get; }

    /// <summary>Zones that live here.</summary>
    public int Count => _zones.Count;

    /// <summary>Each zone once, also when several views show it.</summary>
    public IEnumerable<ZoneRuntime> All => _zones.Values.Distinct();

    /// <summary>The zone of a view; null when it is not served.</summary>
    public ZoneRuntime? Find(string view, DomainName name) => _zones.GetValueOrDefault((view, name));

    /// <summary>
    /// Makes and configures the zones of a configuration, those that were there staying, and finds which of them the scope asks to load.
    /// </summary>
    public async Task<ZonePlan> PrepareAsync(NamedConfiguration configuration, LoadScope scope, CancellationToken ct)
    {
        ZonePlan plan = new(configuration);
        FileMasterSource files = new(configuration.Options.Directory.Value);
        ZoneSettingsMapper settings = new(configuration, _local, Journal?.Retention ?? new RetentionPolicy());
        foreach (ViewConfiguration view in configuration.Views)
        {
            foreach (ZoneConfiguration zone in view.Zones)
            {
                if (plan.Own.TryGetValue(configuration.FindOwn(zone), out ZoneRuntime? shared))
                {
                    plan.Served[(view.Name, zone.Name)] = shared;
                    continue;
                }

                if (!IsServed(configuration, view, zone))
                    continue;
                ZoneRuntime runtime = TakeOrMake(view, zone, plan, files);
                plan.Add(view, zone, runtime);
                string name = plan.LogName(view, zone);
                await runtime.Actor.TellAsync(new ZoneCommand.Configure(settings.Map(zone, name)), ct);
                if (runtime.Refresher is not null)
                    await Secondaries.ConfigureAsync(configuration, view, zone, runtime, name, ct);
                if (IsToBeLoaded(runtime, zone, scope))
                    plan.Loading.Add((view, zone, runtime));
            }
        }

        return plan;
    }

    /// <summary>Makes and configures one zone of a configuration that differs in it from the one in force.</summary>
    public async Task<ZoneStep> PrepareOneAsync(
        NamedConfiguration configuration, string viewName, DomainName name, int port, CancellationToken ct)
    {
        (ViewConfiguration? view, ZoneConfiguration? zone) = ZoneEditor.Find(configuration, viewName, name);
        ZoneRuntime? before = Find(viewName, name);
        if (zone is null || !IsServed(configuration, view!, zone))
            return new ZoneStep(view!, zone, null, before, false);
        bool isSecondary = zone.Kind == ZoneKind.Secondary;
        ZoneRuntime runtime = before is not null && isSecondary == before.Refresher is not null
            ? before
            : Make(viewName, zone, new FileMasterSource(configuration.Options.Directory.Value));
        string logName = ZonePlan.LogName(configuration, view!, zone);
        ZoneSettingsMapper settings = new(configuration, _local, Journal?.Retention ?? new RetentionPolicy());
        await runtime.Actor.TellAsync(new ZoneCommand.Configure(settings.Map(zone, logName)), ct);
        if (runtime.Refresher is not null)
            await Secondaries.ConfigureAsync(configuration, view!, zone, runtime, logName, ct);
        await _notifier.TellAsync(new NotifyCommand.ConfigureZone(
            name, new NotifierSettingsMapper(configuration, port, _keys.Find).Map(view!, zone, runtime, logName)), ct);
        return new ZoneStep(view!, zone, runtime, before, IsToBeLoaded(runtime, zone, LoadScope.New));
    }

    /// <summary>Tells the notifier whom each zone has to tell, now that the zones are known.</summary>
    public async Task ConfigureNotifierAsync(ZonePlan plan, int port, IReadOnlyList<NetEndpoint> listening)
    {
        NotifierSettingsMapper mapper = new(plan.Configuration, port, _keys.Find);
        await _notifier.TellAsync(new NotifyCommand.Configure(mapper.Map(
            from view in plan.Configuration.Views
            from zone in view.Zones
            where plan.Own.ContainsKey(zone)
            select (view, zone, plan.Own[zone], plan.LogName(view, zone)),
            plan.Served,
            listening)));
        await Secondaries.ConfigureAsync(plan.Configuration.Options);
    }

    /// <summary>Loads what the plan says; each failure is logged and kept with its zone.</summary>
    public async Task LoadAsync(ZonePlan plan, CancellationToken ct)
    {
        try
        {
            await Task.WhenAll(plan.Loading.Select(entry => LoadAsync(plan.Configuration, entry.View, entry.Zone, entry.Runtime, ct)));
        }
        finally
        {
            await _notifier.TellAsync(new NotifyCommand.Open(), CancellationToken.None);
        }
    }

    /// <summary>Makes the plan's zones those of the node, and ends those that are in it no more.</summary>
    public async Task AdoptAsync(ZonePlan plan, CancellationToken ct)
    {
        Dictionary<(string View, DomainName Name), ZoneRuntime> before = _zones;
        _zones = plan.Served;
        foreach (ZoneRuntime gone in before.Values.Except(plan.Served.Values))
            await EndAsync(gone, ct);
    }

    /// <summary>The same for one zone.</summary>
    public async Task AdoptAsync(ZoneStep step, DomainName name, CancellationToken ct)
    {
        Dictionary<(string View, DomainName Name), ZoneRuntime> next = new(_zones); // Others read the one that there is.
        if (step.Runtime is { } runtime)
            next[(step.View.Name, name)] = runtime;
        else
            next.Remove((step.View.Name, name));
        _zones = next;
        if (step.Before is not { } before || before == step.Runtime)
            return;
        await _notifier.TellAsync(new NotifyCommand.ForgetZone(step.View.Name, name, before.Published), ct);
        await EndAsync(before, ct);
    }

    /// <summary>Loads one zone, again or for the first time.</summary>
    public async Task LoadAsync(
        NamedConfiguration configuration,
        ViewConfiguration view,
        ZoneConfiguration zone,
        ZoneRuntime runtime,
        CancellationToken ct,
        bool isExplicit = false)
    {
        string name = ZonePlan.LogName(configuration, view, zone);
        runtime.LoadedFrom = zone.FilePath;
        if (runtime.Refresher is not null)
        {
            await Secondaries.StartAsync(zone, runtime, name, ct);
            return;
        }

        if (zone.FilePath is null)
            return;
        runtime.Files.Begin();
        AskResult<ZoneLoadOutcome> asked = await runtime.Actor.TryAskAsync<ZoneLoadOutcome>(
            done => new ZoneCommand.Load(zone.FilePath, ServingStateMapper.Checks(zone), done) { IsExplicit = isExplicit },
            LoadDeadline,
            ct);
        if (!asked.TryGetReply(out ZoneLoadOutcome? outcome))
        {
            runtime.Error = "the zone's actor did not answer";
            Log.ZoneError(_zoneload, name, runtime.Error);
            return;
        }

        foreach (MasterFileProblem problem in outcome.Problems)
        {
            if (problem.IsError)
                Log.ZoneError(_zoneload, name, problem.ToString());
            else
                Log.ZoneWarning(_zoneload, name, problem.ToString());
        }

        runtime.Error = outcome.IsLoaded ? null : outcome.Problems.FirstOrDefault(problem => problem.IsError)?.ToString();
        if (outcome.IsLoaded)
        {
            Log.ZoneLoaded(_zoneload, name, outcome.Serial ?? 0);
            return;
        }

        Log.ZoneFileFailed(_zoneload, name, zone.FilePath, outcome.Problems.FirstOrDefault(problem => problem.IsError)?.Message ?? "");
        Log.ZoneNotLoaded(_zoneload, name);
    }

    /// <summary>Writes the file of each zone that has changed since it was read or written; what fails is logged by the zone.</summary>
    public async Task WriteFilesAsync() => await Task.WhenAll(All.Select(static zone =>
        zone.Actor.TryAskAsync<string?>(static done => new ZoneCommand.Sync(done), AskDeadline, CancellationToken.None)));

    /// <summary>How each configured zone is.</summary>
    public IReadOnlyList<ZoneStatus> Describe(NamedConfiguration configuration)
    {
        List<ZoneStatus> zones = [];
        foreach (ViewConfiguration view in configuration.Views)
        {
            foreach (ZoneConfiguration zone in view.Zones)
            {
                ZoneRuntime? runtime = Find(view.Name, zone.Name);
                ZoneSnapshot? snapshot = runtime?.Published.Current;
                zones.Add(new ZoneStatus(
                    zone.Name.ToLogString(),
                    view.Name,
                    zone.Kind.ToString(),
                    zone.FilePath,
                    snapshot?.Serial.Value,
                    snapshot?.RecordCount ?? 0,
                    snapshot is null ? runtime?.Error ?? "not served" : null));
            }
        }

        return zones;
    }

    private async Task EndAsync(ZoneRuntime gone, CancellationToken ct)
    {
        _writers.Remove(gone);
        if (gone.Refresher is { } refresher)
            await refresher.StopAsync();
        await gone.Actor.TryAskAsync<bool>(done => new ZoneCommand.Withdraw(done), AskDeadline, ct);
    }

    /// <summary>The zone as it lives here already; a new one when it does not, or has become a secondary or stopped being one.</summary>
    private ZoneRuntime TakeOrMake(ViewConfiguration view, ZoneConfiguration zone, ZonePlan plan, FileMasterSource files)
    {
        bool isSecondary = zone.Kind == ZoneKind.Secondary;
        return Find(view.Name, zone.Name) is { } known && !plan.HasOwner(known) && isSecondary == known.Refresher is not null
            ? known
            : Make(view.Name, zone, files);
    }

    private static bool IsToBeLoaded(ZoneRuntime runtime, ZoneConfiguration zone, LoadScope scope) =>
        runtime.LoadedFrom != zone.FilePath
        || (runtime.Refresher is not null && !runtime.IsStarted)
        || scope == LoadScope.All
        || (scope == LoadScope.Unloaded && runtime.Published.Current is null);

    private ZoneRuntime Make(string view, ZoneConfiguration zone, FileMasterSource source)
    {
        PublishedZone published = new(zone.Name);
        LoadedFiles files = new(source, source.Resolve);
        UpdateInbox updates = new();
        ZoneJournal? journal = Journal is null ? null : new ZoneJournal(Journal.Services, new ZoneKey(zone.Name, zone.Class, view));
        ZoneServices services = new(files, _epochs, _leases, _system.Clock, _loggers)
        {
            Notifier = _notifier,
            Refusals = Journal?.Refusals,
        };
        ActorRef<ZoneCommand> writer = _system.Spawn(null, ZoneActor.CreateProps(published, journal, updates, services));
        ZoneRuntime runtime = new(published, writer, journal, updates, files)
        {
            Refresher = zone.Kind == ZoneKind.Secondary ? Secondaries.Spawn(published, journal, writer) : null,
        };
        _writers.Add(runtime);
        return runtime;
    }

    private bool IsServed(NamedConfiguration configuration, ViewConfiguration view, ZoneConfiguration zone)
    {
        if (zone.Kind is ZoneKind.Primary or ZoneKind.Secondary)
            return true;
        string? why = zone.Kind switch
        {
            ZoneKind.Mirror => "answers of a mirror need validation, which is not part of this version",
            ZoneKind.InView => $"the zone of view '{zone.InView}' is not served",
            _ => null, // A resolver's feature, which the check of the configuration has named already.
        };
        if (why is null || !_saidNotServed.Add($"{zone.Position} {zone.TypeWord}"))
            return false;
        string type = zone.InView is null ? zone.TypeWord : "in-view";
        Log.ZoneTypeIgnored(_config, ZonePlan.LogName(configuration, view, zone), zone.Position.ToString(), type, why);
        return false;
    }
}
