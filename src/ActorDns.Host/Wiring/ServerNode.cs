using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using ActorDns.Actors.Journal;
using ActorDns.Actors.Notify;
using ActorDns.Actors.Zones;
using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Control;
using ActorDns.Kernel;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Transfers;
using ActorDns.Server.Views;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// A whole server in one object: reads the configuration, binds the sockets, starts the actors, publishes what is served. Everything that
/// can fail at start or reload is logged with its place, and a reload that fails leaves what was served.
/// </summary>
public sealed partial class ServerNode : IAsyncDisposable
{
    private static readonly TimeSpan LoadDeadline = TimeSpan.FromHours(1);
    private readonly ServerNodeOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _config;
    private readonly ILogger _general;
    private readonly ILogger _zoneload;
    private readonly ActorSystem _system;
    private readonly ReaderEpochs _epochs = new();
    private readonly LocalAddressBook _local = new();
    private readonly byte[] _cookieSecret = RandomNumberGenerator.GetBytes(SipHash24.KeyBytes);
    private readonly SnapshotLeases _leases;
    private readonly PublishedState _published;
    private readonly ActorRef<TransferCommand> _transfers;
    private readonly Listeners _listeners;
    private readonly RateLimitWatch _rateLimits;
    private readonly List<RequestCounters> _counters = [];
    private readonly StreamRequestHandler _streamHandler;
    private readonly ZoneWriters _writers;
    private readonly Secondaries _secondaries;
    private readonly ActorRef<NotifyCommand> _notifier;
    private readonly RefusalSink _refusals = new();
    private RefusalLog? _refusalLog;
    private RetentionPolicy _retention = new();
    private NodeJournal? _journal;
    private SessionKey? _sessionKey;
    private readonly ControlChannels _control;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly HashSet<string> _saidUnsupported = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<(string View, DomainName Name), ZoneRuntime> _zones = [];
    private bool _isStopped;

    /// <summary>Makes a node; nothing is opened before <see cref="StartAsync"/>.</summary>
    public ServerNode(ServerNodeOptions options, ILoggerFactory loggers, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _loggers = loggers;
        _config = loggers.CreateLogger("config");
        _general = loggers.CreateLogger("general");
        _zoneload = loggers.CreateLogger("zoneload");
        _system = new ActorSystem("actordns", clock, new ActorSystemOptions
        {
            OnFailure = failure => Log.ActorFailed(_general, failure.Path, failure.Exception),
        });
        _published = new PublishedState(new ServingState
        {
            Views = new ViewTable([new View { Zones = new ZoneTable([]) }], new ZoneTable([])),
        });
        TransferLog transferLog = new(loggers);
        _transfers = _system.Spawn("transfers", () => new TransferManager(new TransferSettings(), transferLog));
        RequestEvents events = new(loggers, _refusals);
        _leases = new SnapshotLeases(clock);
        _secondaries = new Secondaries(_system, _leases, loggers);
        _notifier = _system.Spawn("notifier", Notifier.CreateProps(new NotifierServices(
            _leases,
            loggers.CreateLogger("notify"),
            Dns.GetHostAddressesAsync,
            static () => BinaryPrimitives.ReadUInt16LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ushort))))));
        _writers = new ZoneWriters(clock);
        UpdateHandOff updates = new(_writers, clock, NewCounters());
        _streamHandler = new StreamRequestHandler(
            _published,
            _epochs,
            clock,
            events,
            NewCounters,
            _leases,
            _transfers,
            new IxfrPlanner(_writers, transferLog),
            updates);
        _listeners = new Listeners(
            _system,
            loggers,
            () => new UdpRequestHandler(_published, _epochs, clock, events, NewCounters(), _leases, updates),
            _streamHandler);
        _control = new ControlChannels(_system, options, _local, new ControlCommands(this, options.Process, _general), _general);
        Started = clock.GetUtcNow();
        _rateLimits = new RateLimitWatch(_system, _published, loggers.CreateLogger("rate-limit"));
    }

    /// <summary>The configuration in force; null before a successful start.</summary>
    public NamedConfiguration? Configuration { get; private set; }

    /// <summary>What the last reading of the configuration found.</summary>
    public IReadOnlyList<ConfigDiagnostic> Diagnostics { get; private set; } = [];

    /// <summary>Addresses that are served.</summary>
    public IReadOnlyList<NetEndpoint> Listening => _listeners.Endpoints;

    /// <summary>Counters of all workers, to be added up.</summary>
    public IReadOnlyList<RequestCounters> Counters
    {
        get
        {
            lock (_counters)
                return [.. _counters];
        }
    }

    /// <summary>The configured zones, loaded or not.</summary>
    public IReadOnlyList<ZoneStatus> Zones { get; private set; } = [];

    /// <summary>Starts: configuration, sockets, zones. False when configuration or sockets are unusable; the reasons were logged.</summary>
    public async Task<bool> StartAsync(CancellationToken ct = default)
    {
        if (await LoadConfigurationAsync() is not { } configuration)
            return false;

        await AnnounceAsync(configuration);
        ListenAddresses addresses = new();
        _local.Publish(addresses.Local);
        int threads = _options.Threads ?? Environment.ProcessorCount;
        IReadOnlyList<(string Interface, NetEndpoint Endpoint)> wanted = addresses.Resolve(configuration, _local, _options);
        if (wanted.Count == 0)
            Log.NotListening(_general);
        if (!await _listeners.OpenAsync(wanted, configuration.Options, threads))
            return false;
        await _control.ConfigureAsync(configuration);
        _options.AfterBind?.Invoke();

        await OpenJournalAsync(configuration, ct);
        await ApplyAsync(configuration, LoadScope.All, ct);
        _listeners.Start();
        _control.Start();
        Log.AllZonesLoaded(_general);
        Log.Running(_general);
        return true;
    }

    /// <summary>Reads configuration and zones again. False leaves everything as it was.</summary>
    public Task<bool> ReloadAsync(CancellationToken ct = default) => ReadAgainAsync(LoadScope.All, ct);

    /// <summary>
    /// Reads the configuration again and loads zones that are new; loaded zones stay as they are. False leaves everything as it was.
    /// </summary>
    public Task<bool> ReconfigAsync(CancellationToken ct = default) => ReadAgainAsync(LoadScope.Unloaded, ct);

    private Task<bool> ReadAgainAsync(LoadScope scope, CancellationToken ct) => ChangeAsync(async () =>
    {
        HasReloadFailed = true;
        if (await LoadConfigurationAsync() is not { } configuration)
        {
            Log.ReloadFailed(_general);
            return false;
        }

        await AnnounceAsync(configuration);
        ListenAddresses addresses = new();
        _local.Publish(addresses.Local);
        await _listeners.ReconfigureAsync(addresses.Resolve(configuration, _local, _options), configuration.Options);
        _timeouts = null;
        await _control.ConfigureAsync(configuration);
        _control.Start();
        Log.ReloadSucceeded(_general);
        await ApplyAsync(configuration, scope, ct);
        if (scope == LoadScope.All)
            Log.ReloadZonesSucceeded(_general);
        else
            Log.NewZonesLoaded(_general);
        HasReloadFailed = false;
        return true;
    });

    /// <summary>Takes no more requests, lets those in flight and running transfers finish until the deadline, and stops.</summary>
    public async Task StopAsync(TimeSpan drainDeadline)
    {
        if (_isStopped)
            return;
        _isStopped = true;
        Log.ShuttingDown(_general);
        await _control.StopAsync();
        await _listeners.StopAsync(drainDeadline);
        if (FlushesZonesAtStop || Configuration is { Options.FlushZonesOnShutdown.Value: true })
            await WriteZonesAsync();
        await _system.StopAsync(TimeSpan.FromSeconds(10));
        _streamHandler.Dispose();
        _writers.Dispose();
        _sessionKey?.Dispose();
        if (_journal is not null)
            await _journal.DisposeAsync();
        Log.Exiting(_general);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        await _system.DisposeAsync();
        _changing.Dispose();
    }

    /// <summary>Opens the store and makes the session key, as the user that the server runs as.</summary>
    private async Task OpenJournalAsync(NamedConfiguration configuration, CancellationToken ct)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(_options.ConfigurationFile)) ?? "/";
        NodeSettings settings = NodeSettings.Read(folder);
        foreach (string unknown in settings.Unknown)
            Log.UnknownNodeSetting(_config, Path.Combine(folder, NodeSettings.FileName), unknown);
        foreach (string wrong in settings.Wrong)
            Log.WrongNodeSetting(_config, Path.Combine(folder, NodeSettings.FileName), wrong);
        _retention = settings.Retention;
        ILogger database = _loggers.CreateLogger("database");
        _journal = await NodeJournal.StartAsync(_system, settings, configuration.Options.Directory.Value, database, ct);
        if (_journal is not null)
        {
            _refusalLog = new RefusalLog(_system, _journal.Services.Opened, database);
            if (_retention != new RetentionPolicy())
                _system.Spawn("keeper", () => new JournalKeeper(_journal.Services.Opened, _retention, database));
            _refusals.Start(_refusalLog, settings);
        }

        bool usesSessionKey = configuration.Views.Any(static view => view.Zones.Any(static zone => zone.UpdatePolicy is { IsLocal: true }));
        _sessionKey = SessionKey.Create(configuration.Options, usesSessionKey, _general);
    }

    /// <summary>Reads the configuration with the zones that were added to it; null when it cannot be used, which was logged.</summary>
    private async Task<NamedConfiguration?> LoadConfigurationAsync()
    {
        string file = Path.GetFullPath(_options.ConfigurationFile);
        Log.LoadingConfiguration(_general, file);
        LoadResult result = ConfigLoader.Load(file, new FileConfigSource(_options.WorkingDirectory ?? Path.GetDirectoryName(file) ?? "/"));
        Diagnostics = result.Diagnostics;
        foreach (ConfigDiagnostic diagnostic in result.Diagnostics)
        {
            if (diagnostic.FailsLoad)
                Log.ConfigurationError(_config, diagnostic.ToString());
            else
                Log.ConfigurationWarning(_config, diagnostic.ToString());
        }

        NamedConfiguration? complete = result.CanLoad ? await AddZonesAsync(result) : null;
        if (complete is null)
            Log.LoadingFailed(_general);
        return complete;
    }

    /// <summary>Sets logging up, then says through it what of the configuration has no effect.</summary>
    private async Task AnnounceAsync(NamedConfiguration configuration)
    {
        if (_options.OnConfiguration is { } onConfiguration)
            await onConfiguration(configuration);
        foreach ((string statement, SourcePosition position, string reason) in SettingsWithoutEffect.In(configuration))
        {
            if (_saidUnsupported.Add(statement))
                Log.StatementWithoutEffect(_config, position.ToString(), statement, reason);
        }

        foreach ((string key, SourcePosition position) in OpenKeyFiles.In(configuration))
            Log.OpenKeyFile(_config, position.ToString(), key);
    }

    /// <summary>
    /// Loads the zones that the scope means, then publishes the new state with those that stay or came, then withdraws those
    /// that left.
    /// </summary>
    private async Task ApplyAsync(NamedConfiguration configuration, LoadScope scope, CancellationToken ct)
    {
        FileMasterSource files = new(configuration.Options.Directory.Value);
        Dictionary<(string View, DomainName Name), ZoneRuntime> next = [];
        Dictionary<ZoneConfiguration, ZoneRuntime> own = new(ReferenceEqualityComparer.Instance);
        List<(ViewConfiguration View, ZoneConfiguration Zone, ZoneRuntime Runtime)> loading = [];
        foreach (ViewConfiguration view in configuration.Views)
        {
            foreach (ZoneConfiguration zone in view.Zones)
            {
                if (own.TryGetValue(configuration.FindOwn(zone), out ZoneRuntime? shared))
                {
                    next[(view.Name, zone.Name)] = shared;
                    continue;
                }

                if (!IsServed(configuration, view, zone))
                    continue;
                bool isSecondary = zone.Kind == ZoneKind.Secondary;
                if (!_zones.TryGetValue((view.Name, zone.Name), out ZoneRuntime? runtime) || own.ContainsValue(runtime)
                    || isSecondary == runtime.Refresher is null)
                {
                    runtime = NewRuntime(view.Name, zone, files);
                }

                next[(view.Name, zone.Name)] = runtime;
                own[zone] = runtime;
                await runtime.Actor.TellAsync(new ZoneCommand.Configure(
                    new ZoneSettingsMapper(configuration, _local, _retention).Map(zone, LogName(configuration, view, zone))), ct);
                if (runtime.Refresher is not null)
                    await Secondaries.ConfigureAsync(configuration, view, zone, runtime, LogName(configuration, view, zone), ct);
                if (runtime.LoadedFrom != zone.FilePath
                    || runtime.Refresher is not null && !runtime.IsStarted
                    || scope == LoadScope.All
                    || (scope == LoadScope.Unloaded && runtime.Published.Current is null))
                {
                    loading.Add((view, zone, runtime));
                }
            }
        }

        await ConfigureNotifierAsync(configuration, own, next);
        bool isStart = Configuration is null;
        if (isStart)
            PublishState(configuration, next);
        try
        {
            await Task.WhenAll(loading.Select(entry => LoadAsync(configuration, entry.View, entry.Zone, entry.Runtime, ct)));
        }
        finally
        {
            await _notifier.TellAsync(new NotifyCommand.Open(), CancellationToken.None);
        }

        PublishState(configuration, next);
        Configuration = configuration;
        Configured = _system.Clock.GetUtcNow();
        await ConfigureTransfersAsync(configuration);

        Dictionary<(string View, DomainName Name), ZoneRuntime> before = _zones;
        _zones = next;
        Zones = Describe(configuration);
        foreach (ZoneRuntime gone in before.Values.Except(next.Values))
        {
            _writers.Remove(gone);
            if (gone.Refresher is { } refresher)
                await refresher.StopAsync();
            await gone.Actor.TryAskAsync<bool>(done => new ZoneCommand.Withdraw(done), TimeSpan.FromSeconds(10), ct);
        }
    }

    private void PublishState(NamedConfiguration configuration, Dictionary<(string View, DomainName Name), ZoneRuntime> zones)
    {
        ServingState state = new ServingStateMapper(configuration, _local, _cookieSecret, _sessionKey?.Key)
            .Map((view, zone) => zones.GetValueOrDefault((view.Name, zone.Name)));
        if (_queryLog is { } isOn)
            state = state with { LogQueries = isOn };
        if (_timeouts is { } timeouts)
            state = state with { KeepaliveHundredMilliseconds = (ushort)(timeouts.Advertised.TotalMilliseconds / 100) };
        _published.Publish(state);
    }

    private ZoneRuntime NewRuntime(string view, ZoneConfiguration zone, FileMasterSource source)
    {
        PublishedZone published = new(zone.Name);
        LoadedFiles files = new(source, source.Resolve);
        ZoneJournal? journal = _journal is null
            ? null
            : new ZoneJournal(_journal.Services, new ZoneKey(zone.Name, zone.Class, view));
        ZoneServices services = new(files, _epochs, _leases, _system.Clock, _loggers) { Notifier = _notifier, Refusals = _refusalLog };
        ActorRef<ZoneCommand> writer = _system.Spawn(null, ZoneActor.CreateProps(published, journal, services));
        ZoneRuntime runtime = new(published, writer, journal, files)
        {
            Refresher = zone.Kind == ZoneKind.Secondary ? _secondaries.Spawn(published, journal, writer) : null,
        };
        _writers.Add(runtime);
        return runtime;
    }

    private async Task LoadAsync(
        NamedConfiguration configuration, ViewConfiguration view, ZoneConfiguration zone, ZoneRuntime runtime, CancellationToken ct)
    {
        string name = LogName(configuration, view, zone);
        if (runtime.Refresher is not null)
        {
            runtime.LoadedFrom = zone.FilePath;
            await _secondaries.StartAsync(zone, runtime, name, ct);
            return;
        }

        if (zone.FilePath is null)
            return;
        runtime.Files.Begin();
        runtime.LoadedFrom = zone.FilePath;
        AskResult<ZoneLoadOutcome> asked = await runtime.Actor.TryAskAsync<ZoneLoadOutcome>(
            done => new ZoneCommand.Load(zone.FilePath, ServingStateMapper.Checks(zone), done), LoadDeadline, ct);
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
        if (why is null || !_saidUnsupported.Add($"{zone.Position} {zone.TypeWord}"))
            return false;
        string type = zone.InView is null ? zone.TypeWord : "in-view";
        Log.ZoneTypeIgnored(_config, LogName(configuration, view, zone), zone.Position.ToString(), type, why);
        return false;
    }

    private async Task ConfigureNotifierAsync(
        NamedConfiguration configuration,
        Dictionary<ZoneConfiguration, ZoneRuntime> own,
        Dictionary<(string View, DomainName Name), ZoneRuntime> served)
    {
        NotifierSettingsMapper mapper = new(configuration, _options.PortOverride ?? configuration.Options.Port.Value);
        await _notifier.TellAsync(new NotifyCommand.Configure(mapper.Map(
            from view in configuration.Views
            from zone in view.Zones
            where own.ContainsKey(zone)
            select (view, zone, own[zone], LogName(configuration, view, zone)),
            served,
            _listeners.Endpoints)));
    }

    private async Task ConfigureTransfersAsync(NamedConfiguration configuration)
    {
        ServerOptions options = configuration.Options;
        await _secondaries.ConfigureAsync(options);
        TransferSettings defaults = new();
        await _transfers.TellAsync(new TransferCommand.Configure(defaults with
        {
            MaxSessions = options.TransfersOut.Value,
            MessageBytes = options.TransferMessageSize.IsDefault ? defaults.MessageBytes : options.TransferMessageSize.Value,
        }));
    }

    private List<ZoneStatus> Describe(NamedConfiguration configuration)
    {
        List<ZoneStatus> zones = [];
        foreach (ViewConfiguration view in configuration.Views)
        {
            foreach (ZoneConfiguration zone in view.Zones)
            {
                ZoneRuntime? runtime = _zones.GetValueOrDefault((view.Name, zone.Name));
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

    private static string LogName(NamedConfiguration configuration, ViewConfiguration view, ZoneConfiguration zone) =>
        configuration.HasExplicitViews
            ? $"{zone.Name.ToLogString()}/IN/{view.Name}"
            : $"{zone.Name.ToLogString()}/IN";

    private RequestCounters NewCounters()
    {
        RequestCounters counters = new();
        lock (_counters)
            _counters.Add(counters);
        return counters;
    }
}
