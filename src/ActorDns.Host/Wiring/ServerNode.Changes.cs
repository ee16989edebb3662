using ActorDns.Actors.Notify;
using ActorDns.Actors.Zones;
using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Transfers;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Wiring;

/// <summary>What can be changed and seen while the node runs. Changes are made one after another.</summary>
public sealed partial class ServerNode
{
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(10);
    private LoadResult? _loaded;
    private IAddedZones? _addedZones;
    private ZoneOverlay _overlay = new();
    private bool? _queryLog;
    private (TimeSpan Initial, TimeSpan Idle, TimeSpan Keepalive, TimeSpan Advertised)? _timeouts;
    private int _changes;

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
    public bool LogsQueries => _published.Current.LogQueries;

    /// <summary>Where named.conf is.</summary>
    public string ConfigurationPath => Path.GetFullPath(_options.ConfigurationFile);

    /// <summary>Zones that live on this node.</summary>
    public int ZoneCount => _zones.Count;

    /// <summary>Transfers that run now.</summary>
    public async Task<int> CountTransfersAsync()
    {
        AskResult<IReadOnlyList<TransferInfo>> asked = await _transfers.TryAskAsync<IReadOnlyList<TransferInfo>>(
            reply => new TransferCommand.List(reply), AskDeadline);
        return asked.TryGetReply(out IReadOnlyList<TransferInfo>? running) ? running.Count : 0;
    }

    /// <summary>Tells the secondaries of a zone now; false when nobody tells them.</summary>
    internal async Task<bool> NotifyAsync(ZoneRuntime runtime)
    {
        AskResult<bool> asked = await _notifier.TryAskAsync<bool>(
            done => new NotifyCommand.Now(runtime.Published, done), AskDeadline);
        return asked.TryGetReply(out bool isKnown) && isKnown;
    }

    /// <summary>Turns the logging of queries on or off, for good: a reload does not change it back.</summary>
    public Task SetQueryLogAsync(bool isOn) => ChangeAsync(() =>
    {
        _queryLog = isOn;
        _published.Publish(_published.Current with { LogQueries = isOn });
        return Task.FromResult(true);
    });

    /// <summary>Serves the addresses that the interfaces have now.</summary>
    public Task ScanInterfacesAsync() => ChangeAsync(async () =>
    {
        ListenAddresses addresses = new();
        _local.Publish(addresses.Local);
        if (Configuration is { } configuration)
            await _listeners.ReconfigureAsync(addresses.Resolve(configuration, _local, _options), configuration.Options);
        if (_timeouts is { } timeouts)
            _listeners.SetTimeouts(timeouts.Initial, timeouts.Idle, timeouts.Keepalive);
        return true;
    });

    /// <summary>The time by the node's clock.</summary>
    internal DateTimeOffset Now => _system.Clock.GetUtcNow();

    /// <summary>The time-outs of stream connections, in the order in which <c>rndc tcp-timeouts</c> has them.</summary>
    internal (TimeSpan Initial, TimeSpan Idle, TimeSpan Keepalive, TimeSpan Advertised) StreamTimeouts
    {
        get
        {
            ServerOptions? options = Configuration?.Options;
            return _timeouts ?? (options is null ? default : (
                options.TcpInitialTimeout.Value,
                options.TcpIdleTimeout.Value,
                options.TcpKeepaliveTimeout.Value,
                options.TcpAdvertisedTimeout.Value));
        }
    }

    internal ZoneRuntime? FindRuntime(string view, DomainName name) => _zones.GetValueOrDefault((view, name));

    /// <summary>True writes the files of changed zones at the end, as <c>rndc stop</c> asks for.</summary>
    internal bool FlushesZonesAtStop { get; set; }

    /// <summary>Name of the key of <c>nsupdate -l</c>; null when there is none.</summary>
    internal DomainName? SessionKeyName => _sessionKey?.Key.Name;

    internal bool IsAdded(string view, DomainName name) => _overlay.Added(view, name) is not null;

    /// <summary>Holds the version that is served, for reading it at length; null when the zone is not loaded.</summary>
    internal SnapshotLease? Hold(ZoneRuntime runtime, string holder) => _leases.Acquire(() => runtime.Published.Current, holder);

    /// <summary>Sets the time-outs of connections to come, until the configuration is read again.</summary>
    internal Task SetStreamTimeoutsAsync(TimeSpan initial, TimeSpan idle, TimeSpan keepalive, TimeSpan advertised) => ChangeAsync(() =>
    {
        _listeners.SetTimeouts(initial, idle, keepalive);
        _published.Publish(_published.Current with
        {
            KeepaliveHundredMilliseconds = (ushort)(advertised.TotalMilliseconds / 100),
        });
        _timeouts = (initial, idle, keepalive, advertised);
        return Task.FromResult(true);
    });

    /// <summary>Reads one zone's files again when they have changed.</summary>
    internal Task<ZoneEdit> ReloadZoneAsync(string view, DomainName name, CancellationToken ct = default) => ChangeAsync(async () =>
    {
        if (Configuration is not { } configuration || Find(configuration, view, name) is not ({ } owner, { } written)
            || FindRuntime(view, name) is not { } runtime)
        {
            return new ZoneEdit(ZoneEditOutcome.NotFound);
        }

        ZoneConfiguration zone = configuration.FindOwn(written);

        if (runtime.Published.Current is not null && runtime.LoadedFrom == zone.FilePath && runtime.Files.AreCurrent)
            return new ZoneEdit(ZoneEditOutcome.UpToDate);
        await LoadAsync(configuration, owner, zone, runtime, ct);
        Zones = Describe(configuration);
        return OutcomeOfLoad(zone, runtime);
    });

    /// <summary>Adds a zone that lasts, or replaces one (<paramref name="replaces"/>).</summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="name">Name of the zone.</param>
    /// <param name="statement">The zone statement.</param>
    /// <param name="replaces">True for a zone that is there.</param>
    /// <param name="ct">Gives the load up.</param>
    internal Task<ZoneEdit> SetZoneAsync(
        string view, DomainName name, string statement, bool replaces, CancellationToken ct = default) => ChangeAsync(async () =>
    {
        if (Configuration is not { } now)
            return new ZoneEdit(ZoneEditOutcome.NotFound);
        bool isThere = Find(now, view, name) is ({ }, { });
        if (isThere != replaces)
            return new ZoneEdit(isThere ? ZoneEditOutcome.Exists : ZoneEditOutcome.NotFound);
        bool lasts = !replaces || IsAdded(view, name);
        ZoneOverlay next = _overlay.Copy();
        if (lasts)
            next.SetAdded(NewAdded(view, name, statement));
        else
            next.SetChanged(view, name, statement);
        ZoneEdit amended = TryAmend(_loaded!, next, out NamedConfiguration? configuration);
        if (configuration is null)
            return amended;
        if (Find(configuration, view, name) is not ({ }, { } zone))
            return new ZoneEdit(ZoneEditOutcome.BadStatement);
        if (lasts) // Written as it is understood, so that what is read back next time is the same.
            next.SetAdded(NewAdded(view, name, zone.Statement.PrintOneLine()));
        return await TryChangeZonesAsync(configuration, next, view, name, lasts, ct);
    });

    /// <summary>Takes a zone out: one that was added for good, one of named.conf until that is read again.</summary>
    internal Task<ZoneEdit> RemoveZoneAsync(string view, DomainName name, CancellationToken ct = default) => ChangeAsync(async () =>
    {
        if (Configuration is not { } now || Find(now, view, name) is not ({ }, { }))
            return new ZoneEdit(ZoneEditOutcome.NotFound);
        bool lasts = IsAdded(view, name);
        ZoneOverlay next = _overlay.Copy();
        if (lasts)
            next.RemoveAdded(view, name);
        else
            next.SetChanged(view, name, null);
        ZoneEdit amended = TryAmend(_loaded!, next, out NamedConfiguration? configuration);
        if (configuration is null)
            return amended;
        if (lasts && await StoreAsync(next, view, name, ct) is { } reason)
            return new ZoneEdit(ZoneEditOutcome.NotStored, reason);
        _overlay = next;
        await ApplyAsync(configuration, LoadScope.New, ct);
        Log.ZoneRemoved(_general, name.ToLogString(), view);
        return new ZoneEdit(ZoneEditOutcome.Done);
    });

    /// <summary>The configured zone of that name in a view.</summary>
    internal static (ViewConfiguration? View, ZoneConfiguration? Zone) Find(NamedConfiguration configuration, string view, DomainName name)
    {
        ViewConfiguration? owner = configuration.Views.FirstOrDefault(known => known.Name == view);
        return (owner, owner?.Zones.FirstOrDefault(zone => zone.Name == name));
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

    /// <summary>Puts the zones that were added at run time into what was read from named.conf; null when that cannot be.</summary>
    private async Task<NamedConfiguration?> AddZonesAsync(LoadResult loaded)
    {
        NamedConfiguration configuration = loaded.Model!;
        ZoneOverlay overlay = new();
        _addedZones = _options.AddedZones?.Invoke(configuration) ?? new AddedZoneFiles(
            configuration.Options.Directory.Value, [.. configuration.Views.Select(view => view.Name)]);
        if (configuration.Views.Any(view => view.Settings.AllowNewZones.Value))
        {
            StoreResult<IReadOnlyList<AddedZone>> listed = await _addedZones.ListAsync(CancellationToken.None);
            if (!listed.IsDone)
                Log.CannotReadAddedZones(_config, listed.Message);
            foreach (AddedZone zone in listed.Value ?? [])
            {
                (ViewConfiguration? view, ZoneConfiguration? configured) = Find(configuration, zone.Key.View, zone.Key.Name);
                if (view is not { Settings.AllowNewZones.Value: true })
                    continue;
                if (configured is not null)
                    Log.AddedZoneConfigured(_config, zone.Key.View, zone.Key.Name.ToLogString());
                else
                    overlay.SetAdded(zone);
            }
        }

        ZoneEdit amended = TryAmend(loaded, overlay, out NamedConfiguration? complete);
        if (complete is null)
        {
            Log.ConfigurationError(_config, amended.Reason ?? "");
            return null;
        }

        _overlay = overlay;
        _loaded = loaded;
        return complete;
    }

    private static ZoneEdit TryAmend(LoadResult loaded, ZoneOverlay overlay, out NamedConfiguration? configuration)
    {
        LoadResult amended = ConfigLoader.Amend(loaded, overlay.Amendments);
        configuration = amended.CanLoad ? amended.Model : null;
        string? reason = amended.Diagnostics.FirstOrDefault(diagnostic => diagnostic.FailsLoad)?.ToString();
        return amended.Model is null ? new ZoneEdit(ZoneEditOutcome.BadStatement, reason)
            : configuration is null ? new ZoneEdit(ZoneEditOutcome.BadZone, reason)
            : new ZoneEdit(ZoneEditOutcome.Done);
    }

    /// <summary>Serves the changed zones; goes back to what was when the zone cannot be loaded or kept.</summary>
    private async Task<ZoneEdit> TryChangeZonesAsync(
        NamedConfiguration configuration, ZoneOverlay next, string view, DomainName name, bool lasts, CancellationToken ct)
    {
        NamedConfiguration before = Configuration!;
        await ApplyAsync(configuration, LoadScope.New, ct);
        ZoneConfiguration zone = Find(configuration, view, name).Zone!;
        if (FindRuntime(view, name) is { } runtime && OutcomeOfLoad(zone, runtime) is { Outcome: not ZoneEditOutcome.Done } failed)
        {
            await ApplyAsync(before, LoadScope.New, ct);
            return failed;
        }

        if (lasts && await StoreAsync(next, view, name, ct) is { } reason)
        {
            await ApplyAsync(before, LoadScope.New, ct);
            return new ZoneEdit(ZoneEditOutcome.NotStored, reason);
        }

        _overlay = next;
        if (Find(before, view, name).Zone is null)
            Log.ZoneAdded(_general, name.ToLogString(), view);
        else
            Log.ZoneChanged(_general, name.ToLogString(), view);
        return new ZoneEdit(ZoneEditOutcome.Done);
    }

    private AddedZone NewAdded(string view, DomainName name, string statement) =>
        new(new ZoneKey(name, RecordClass.In, view), statement, Now);

    /// <summary>Keeps what the overlay says of a zone; the reason when that fails, null when it is done.</summary>
    private async Task<string?> StoreAsync(ZoneOverlay overlay, string view, DomainName name, CancellationToken ct)
    {
        StoreResult<bool> stored = overlay.Added(view, name) is { } zone
            ? await _addedZones!.PutAsync(zone, ct)
            : await _addedZones!.RemoveAsync(new ZoneKey(name, RecordClass.In, view), ct);
        return stored.Status == StoreStatus.Done ? null : stored.Message;
    }

    private static ZoneEdit OutcomeOfLoad(ZoneConfiguration zone, ZoneRuntime runtime) =>
        runtime.Error is null ? new ZoneEdit(ZoneEditOutcome.Done)
        : !File.Exists(zone.FilePath) ? new ZoneEdit(ZoneEditOutcome.FileNotFound, runtime.Error)
        : new ZoneEdit(ZoneEditOutcome.NotLoaded, runtime.Error);

    /// <summary>Writes the file of each zone that has changed since it was read or written; what fails is logged by the zone.</summary>
    private async Task WriteZonesAsync() => await Task.WhenAll(_zones.Values.Distinct().Select(static zone =>
        zone.Actor.TryAskAsync<string?>(static done => new ZoneCommand.Sync(done), AskDeadline, CancellationToken.None)));
}
