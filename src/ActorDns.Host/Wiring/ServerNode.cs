using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using ActorDns.Actors.Notify;
using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Control;
using ActorDns.Host.Metrics;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Transfers;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// A whole server in one object: reads the configuration, binds the sockets, starts the actors, publishes what is served. Everything that
/// can fail at start or reload is logged with its place, and a reload that fails leaves what was served. Changes are made one after
/// another.
/// </summary>
public sealed partial class ServerNode : IAsyncDisposable
{
    private readonly ServerNodeOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _config;
    private readonly ILogger _general;
    private readonly ActorSystem _system;
    private readonly Telemetry _telemetry;
    private readonly ReaderEpochs _epochs = new();
    private readonly LocalAddressBook _local = new();
    private readonly SnapshotLeases _leases;
    private readonly ServingPublisher _publisher;
    private readonly NodeKeys _keys;
    private readonly ActorRef<TransferCommand> _transfers;
    private readonly Listeners _listeners;
    private readonly RateLimitWatch _rateLimits;
    private readonly List<RequestCounters> _counters = [];
    private readonly UpdateHandOff _updates;
    private readonly StreamRequestHandler _streamHandler;
    private readonly ZoneWriters _writers;
    private readonly NodeZones _zones;
    private readonly ZoneEditor _editor;
    private readonly AddedZonesWatch _addedZones;
    private readonly ActorRef<NotifyCommand> _notifier;
    private readonly RefusalSink _refusals = new();
    private readonly ControlChannels _control;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly HashSet<string> _saidWithoutEffect = new(StringComparer.OrdinalIgnoreCase);
    private NodeSettings _settings = new() { Node = Environment.MachineName };
    private NodeJournal? _journal;
    private SessionKey? _sessionKey;
    private int _changes;
    private bool _isStopped;

    /// <summary>Makes a node; nothing is opened before <see cref="StartAsync"/>.</summary>
    public ServerNode(ServerNodeOptions options, ILoggerFactory loggers, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _loggers = loggers;
        _config = loggers.CreateLogger("config");
        _general = loggers.CreateLogger("general");
        _system = new ActorSystem("actordns", clock, new ActorSystemOptions
        {
            OnFailure = failure => Log.ActorFailed(_general, failure.Path, failure.Exception),
        });
        _publisher = new ServingPublisher(_local);
        _keys = new NodeKeys(_publisher, () => Counters, clock) { HasNewKeys = ApplyAgain };
        _telemetry = new Telemetry(this, _system, _general);
        _writers = new ZoneWriters(clock, _telemetry.Meter.UpdateSeconds, loggers.CreateLogger("update"));
        TransferLog transferLog = new(loggers, _telemetry.Meter.Server);
        _transfers = _system.Spawn("transfers", () => new TransferManager(new TransferSettings(), _writers, transferLog));
        RequestEvents events = new(loggers, _refusals);
        _leases = new SnapshotLeases(clock);
        _notifier = _system.Spawn("notifier", Notifier.CreateProps(new NotifierServices(
            _leases,
            loggers.CreateLogger("notify"),
            Dns.GetHostAddressesAsync,
            static () => BinaryPrimitives.ReadUInt16LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ushort))))
        {
            Metrics = _telemetry.Meter.Actors,
            Keys = _keys.Outbound,
        }));
        _zones = new NodeZones(_system, _epochs, _leases, _local, _writers, _notifier, _telemetry.Meter.Actors, _keys.Outbound, loggers);
        _editor = new ZoneEditor(_zones, clock, loggers);
        _addedZones = new AddedZonesWatch(_system, ReadAddedZonesAsync);
        _updates = new UpdateHandOff(_writers, clock, NewCounters(AccessTransports.Udp), NewCounters(AccessTransports.Tcp));
        _streamHandler = new StreamRequestHandler(
            _publisher.Published,
            _epochs,
            clock,
            events,
            () => NewCounters(AccessTransports.Tcp),
            _leases,
            _transfers,
            new IxfrPlanner(_writers, transferLog),
            _updates);
        _listeners = new Listeners(
            _system,
            loggers,
            () => new UdpRequestHandler(
                _publisher.Published, _epochs, clock, events, NewCounters(AccessTransports.Udp), _leases, _updates),
            _streamHandler);
        _control = new ControlChannels(_system, options, _local, new ControlCommands(this, options.Process, _general), _refusals, _general);
        Started = clock.GetUtcNow();
        _rateLimits = new RateLimitWatch(_system, _publisher.Published, loggers.CreateLogger("rate-limit"));
    }

    /// <summary>
    /// Starts: configuration, sockets, zones. False when configuration or sockets are unusable; the reasons were logged.
    /// </summary>
    public async Task<bool> StartAsync(CancellationToken ct = default)
    {
        if (ReadConfiguration() is not { Model: { } configuration } read)
            return false;

        await AnnounceAsync(configuration);
        if (!TryReadSettings() || !await _telemetry.ConfigureAsync(_settings))
            return false;
        ListenAddresses addresses = new();
        _local.Publish(addresses.Local);
        int threads = _options.Threads ?? Environment.ProcessorCount;
        IReadOnlyList<(string Interface, NetEndpoint Endpoint)> wanted =
            addresses.Resolve(configuration, _local, _options, _settings.Listen);
        if (wanted.Count == 0)
            Log.NotListening(_general);
        if (!await _listeners.OpenAsync(wanted, configuration.Options, threads))
            return false;
        await _control.ConfigureAsync(configuration, _settings.Control);
        _options.AfterBind?.Invoke();

        await OpenJournalAsync(configuration, ct);
        if (Cluster is not null && !await Cluster.StartAsync(() => ZoneCount, () => Listening, ct))
            return false;
        await StartKeysAsync(configuration);
        if (await CompleteAsync(read) is not { } complete)
            return false;
        MakeSessionKey(complete);
        await ApplyAsync(complete, LoadScope.All, ct);
        _listeners.Start();
        _control.Start();
        if (Cluster is not null)
        {
            Cluster.Actors.Changes.ZoneSet += _addedZones.Wake;
            Cluster.Actors.Changes.Keys += _keys.Changed;
            await Cluster.Actors.BecomeAsync(MemberState.Serving);
        }

        _telemetry.Health.Enter(NodePhase.Serving);
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

    /// <summary>
    /// Takes no more updates and connections, lets what is in flight finish until the deadline, answering queries meanwhile, and
    /// stops. What was taken is answered before the sockets close.
    /// </summary>
    public async Task StopAsync(TimeSpan drainDeadline)
    {
        if (_isStopped)
            return;
        _isStopped = true;
        _telemetry.Health.Enter(NodePhase.Draining);
        Log.ShuttingDown(_general);
        Task answered = _updates.CloseAsync();
        if (Cluster is not null)
            await Cluster.Actors.BecomeAsync(MemberState.Draining);
        await _control.StopAsync();
        await Task.WhenAll(_listeners.DrainAsync(drainDeadline), WaitUntilAsync(answered, drainDeadline));
        await _listeners.StopAsync();
        if (FlushesZonesAtStop || Configuration is { Options.FlushZonesOnShutdown.Value: true })
            await _zones.WriteFilesAsync();
        if (Cluster is not null)
            await Cluster.Actors.LeaveAsync();
        await _system.StopAsync(TimeSpan.FromSeconds(10));
        _streamHandler.Dispose();
        _writers.Dispose();
        _sessionKey?.Dispose();
        if (_journal is not null)
            await _journal.DisposeAsync();
        await _telemetry.DisposeAsync();
        Log.Exiting(_general);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        await _system.DisposeAsync();
        _changing.Dispose();
    }

    private async Task WaitUntilAsync(Task task, TimeSpan deadline)
    {
        try
        {
            await task.WaitAsync(deadline, _system.Clock);
        }
        catch (TimeoutException)
        {
            Log.UpdatesUnanswered(_general, _updates.Open);
        }
    }

    private Task<bool> ReadAgainAsync(LoadScope scope, CancellationToken ct) => ChangeAsync(async () =>
    {
        HasReloadFailed = true;
        if (ReadConfiguration() is not { } read || await CompleteAsync(read) is not { } configuration)
        {
            Log.ReloadFailed(_general);
            return false;
        }

        await AnnounceAsync(configuration);
        if (TryReadSettings())
            await _telemetry.ConfigureAsync(_settings);
        ListenAddresses addresses = new();
        _local.Publish(addresses.Local);
        await _listeners.ReconfigureAsync(addresses.Resolve(configuration, _local, _options, _settings.Listen), configuration.Options);
        _publisher.Timeouts = null;
        await _control.ConfigureAsync(configuration, _settings.Control);
        _control.Start();
        Log.ReloadSucceeded(_general);
        await ApplyAsync(configuration, scope, ct);
        _keys.Changed();
        if (scope == LoadScope.All)
            Log.ReloadZonesSucceeded(_general);
        else
            Log.NewZonesLoaded(_general);
        HasReloadFailed = false;
        return true;
    });

    /// <summary>Reads what named.conf has no word for; false when the file cannot be read, which was logged.</summary>
    private bool TryReadSettings()
    {
        string file = _options.SettingsFile ?? NodeSettings.FileBeside(_options.ConfigurationFile);
        try
        {
            _settings = NodeSettings.Read(file);
        }
        catch (InvalidDataException failure)
        {
            Log.ConfigurationError(_config, $"{file}: {failure.InnerException?.Message ?? failure.Message}");
            return false;
        }

        foreach (string unknown in _settings.Unknown)
            Log.UnknownNodeSetting(_config, file, unknown);
        foreach (string wrong in _settings.Wrong)
            Log.WrongNodeSetting(_config, file, wrong);
        return true;
    }

    /// <summary>Opens the store, as the user that the server runs as.</summary>
    private async Task OpenJournalAsync(NamedConfiguration configuration, CancellationToken ct)
    {
        _journal = await NodeJournal.StartAsync(
            _system, _settings, configuration.Options.Directory.Value, _telemetry.Meter.Actors, _loggers.CreateLogger("database"), ct);
        _zones.Journal = _journal;
        if (_journal is not null)
            _refusals.Start(_journal.Refusals, _settings);
    }

    private void MakeSessionKey(NamedConfiguration configuration)
    {
        bool usesSessionKey = configuration.Views.Any(static view => view.Zones.Any(static zone => zone.UpdatePolicy is { IsLocal: true }));
        _sessionKey = SessionKey.Create(configuration.Options, usesSessionKey, _general);
        _publisher.SessionKey = _sessionKey?.Key;
    }

    /// <summary>Applies the configuration as it is to what has changed around it; what it did not know before may be known now.</summary>
    private void ApplyAgain()
    {
        if (Configuration is null)
            return;
        _ = ChangeAsync(async () =>
        {
            if (!_isStopped && Configuration is { } configuration)
                await ApplyAsync(configuration, LoadScope.New, CancellationToken.None);
            return true;
        });
    }

    private Task StartKeysAsync(NamedConfiguration configuration)
    {
        if (_journal is null)
            return Task.CompletedTask;
        string settings = _options.SettingsFile ?? NodeSettings.FileBeside(_options.ConfigurationFile);
        string? journalFolder = _settings.PostgreSqlConnectionString is null
            ? Path.GetDirectoryName(_settings.StoreFile(configuration.Options.Directory.Value))
            : null;
        ClusterSecretFile secret = new(
            _settings.ClusterSecretFile,
            Path.GetDirectoryName(Path.GetFullPath(settings)) ?? "/",
            journalFolder is null ? null : Path.Combine(journalFolder, ClusterSecretFile.OwnName));
        string kept = _settings.KeptKeysFile(configuration.Options.Directory.Value);
        return _keys.StartAsync(_system, _journal, _settings, secret, kept, _loggers.CreateLogger("security"));
    }

    /// <summary>Reads the configuration; null when it cannot be used, which was logged.</summary>
    private LoadResult? ReadConfiguration()
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

        if (result.CanLoad)
            return result;
        Log.LoadingFailed(_general);
        return null;
    }

    /// <summary>The configuration with the zones that were added to it; null when it cannot be used, which was logged.</summary>
    private async Task<NamedConfiguration?> CompleteAsync(LoadResult read)
    {
        bool wasIncomplete = _editor.IsIncomplete;
        NamedConfiguration? complete = await _editor.CompleteAsync(read);
        if (complete is null)
            Log.LoadingFailed(_general);
        else if (_editor.IsIncomplete && !wasIncomplete)
            _addedZones.Wake();
        return complete;
    }

    /// <summary>Sets logging up, then says through it what of the configuration has no effect.</summary>
    private async Task AnnounceAsync(NamedConfiguration configuration)
    {
        if (_options.OnConfiguration is { } onConfiguration)
            await onConfiguration(configuration);
        foreach ((string statement, SourcePosition position, string reason) in SettingsWithoutEffect.In(configuration))
        {
            if (_saidWithoutEffect.Add(statement))
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
        ZonePlan plan = await _zones.PrepareAsync(configuration, scope, ct);
        await _zones.ConfigureNotifierAsync(plan, _options.PortOverride ?? configuration.Options.Port.Value, _listeners.Endpoints);
        await ConfigureTransfersAsync(configuration.Options);
        bool isStart = Configuration is null;
        if (isStart)
            Publish(plan);
        await _zones.LoadAsync(plan, ct);
        Publish(plan);
        Configuration = configuration;
        Configured = _system.Clock.GetUtcNow();
        await _zones.AdoptAsync(plan, ct);
    }

    /// <summary>
    /// Puts a configuration into force that differs in one zone only, at the cost of that zone. One that another view shows takes the
    /// long way.
    /// </summary>
    private async Task ApplyZoneAsync(NamedConfiguration configuration, string view, DomainName name, CancellationToken ct)
    {
        if (IsShown(Configuration!) || IsShown(configuration))
        {
            await ApplyAsync(configuration, LoadScope.New, ct);
            return;
        }

        ZoneStep step = await _zones.PrepareOneAsync(
            configuration, view, name, _options.PortOverride ?? configuration.Options.Port.Value, ct);
        if (step is { IsToBeLoaded: true, Zone: { } zone, Runtime: { } runtime })
            await _zones.LoadAsync(configuration, step.View, zone, runtime, ct);
        _publisher.Publish(configuration, step, name);
        Configuration = configuration;
        await _zones.AdoptAsync(step, name, ct);

        bool IsShown(NamedConfiguration known) =>
            known.HasExplicitViews && known.Views.Any(other => other.Zones.Any(zone => zone.InView is not null && zone.Name == name));
    }

    private void Publish(ZonePlan plan) =>
        _publisher.Publish(plan.Configuration, (view, zone) => plan.Served.GetValueOrDefault((view.Name, zone.Name)));

    private async Task ConfigureTransfersAsync(ServerOptions options)
    {
        _writers.Quota.Most = options.UpdateQuota is { IsDefault: false, Value: > 0 } quota ? quota.Value : null;
        TransferSettings defaults = new();
        await _transfers.TellAsync(new TransferCommand.Configure(defaults with
        {
            MaxSessions = options.TransfersOut.Value,
            MessageBytes = options.TransferMessageSize.IsDefault ? defaults.MessageBytes : options.TransferMessageSize.Value,
        }));
    }

    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        Interlocked.Increment(ref _changes);
        await _changing.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            _changing.Release();
            Interlocked.Decrement(ref _changes);
        }
    }

    private RequestCounters NewCounters(AccessTransports transport)
    {
        RequestCounters counters = new(transport);
        lock (_counters)
            _counters.Add(counters);
        return counters;
    }
}
