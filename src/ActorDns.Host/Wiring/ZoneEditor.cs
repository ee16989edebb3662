using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Adds, changes and removes zones of a running node: <c>addzone</c>, <c>modzone</c>, <c>delzone</c>. What was added lasts, in the node's
/// store; a change to a zone of <c>named.conf</c> lasts until that is read again.
/// </summary>
internal sealed class ZoneEditor(NodeZones zones, TimeProvider clock, ILoggerFactory loggers)
{
    private readonly ILogger _config = loggers.CreateLogger("config");
    private readonly ILogger _general = loggers.CreateLogger("general");
    private readonly AddedZoneReader _reader = new(loggers.CreateLogger("config"));
    private IAddedZones? _kept;
    private LoadResult? _loaded;
    private LoadResult? _complete;
    private ZoneOverlay _overlay = new();

    /// <summary>True when the added zones could not be read: there may be more than those that are known.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>True for a zone that a command has added.</summary>
    public bool IsAdded(string view, DomainName name) => _overlay.Added(view, name) is not null;

    /// <summary>The configured zone of that name in a view.</summary>
    public static (ViewConfiguration? View, ZoneConfiguration? Zone) Find(NamedConfiguration configuration, string view, DomainName name)
    {
        ViewConfiguration? owner = configuration.Views.FirstOrDefault(known => known.Name == view);
        return (owner, owner?.Zones.FirstOrDefault(zone => zone.Name == name));
    }

    /// <summary>Puts the zones that were added at run time into what was read from named.conf; null when that cannot be.</summary>
    public async Task<NamedConfiguration?> CompleteAsync(LoadResult loaded)
    {
        NamedConfiguration configuration = loaded.Model!;
        AddedZoneFiles files = new(configuration.Options.Directory.Value, [.. configuration.Views.Select(static view => view.Name)]);
        _kept = zones.Journal is { } journal ? new StoredAddedZones(journal.Services.Opened, files, _config) : files;
        ZoneOverlay overlay = new();
        if (configuration.Views.Any(static view => view.Settings.AllowNewZones.Value))
            overlay = overlay.WithAdded(_reader.Allowed(configuration, await ListAsync() ?? _overlay.AddedZones));
        LoadResult complete = _reader.Complete(loaded, ref overlay);
        if (!complete.CanLoad)
        {
            Log.ConfigurationError(_config, ReasonOf(complete) ?? "");
            return null;
        }

        (_loaded, _complete, _overlay) = (loaded, complete, overlay);
        return complete.Model;
    }

    /// <summary>
    /// Takes what is kept of added zones now: what could not be read before, or another node of the cluster has changed. False when it
    /// cannot be read.
    /// </summary>
    /// <param name="apply">Puts a configuration into force.</param>
    public async Task<bool> ReadAgainAsync(Func<NamedConfiguration, Task> apply)
    {
        bool wasIncomplete = IsIncomplete;
        if (_loaded?.Model is not { } configuration || !configuration.Views.Any(static view => view.Settings.AllowNewZones.Value))
            return true;
        if (await ListAsync() is not { } kept)
            return false;
        AddedZone[] allowed = [.. _reader.Allowed(configuration, kept)];
        bool isSame = allowed.Length == _overlay.AddedZones.Count
            && allowed.All(zone => _overlay.Added(zone.Key.View, zone.Key.Name)?.Statement == zone.Statement);
        if (!isSame)
        {
            ZoneOverlay overlay = _overlay.WithAdded(allowed);
            LoadResult complete = _reader.Complete(_loaded, ref overlay);
            if (!complete.CanLoad)
            {
                Log.ConfigurationError(_config, ReasonOf(complete) ?? "");
                return true; // Trying again would not help: a command or a reload has to.
            }

            await apply(complete.Model!);
            (_complete, _overlay) = (complete, overlay);
        }

        if (wasIncomplete)
            Log.AddedZonesBack(_config, _overlay.AddedZones.Count);
        return true;
    }

    /// <summary>Adds a zone that lasts, or replaces one (<paramref name="replaces"/>).</summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="name">Name of the zone.</param>
    /// <param name="statement">The zone statement.</param>
    /// <param name="replaces">True for a zone that is there.</param>
    /// <param name="apply">Puts a configuration into force that differs in that zone.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<ZoneEdit> SetAsync(
        string view,
        DomainName name,
        string statement,
        bool replaces,
        Func<NamedConfiguration, Task> apply,
        CancellationToken ct)
    {
        NamedConfiguration now = _complete!.Model!;
        bool isThere = Find(now, view, name) is ({ }, { });
        if (isThere != replaces)
            return new ZoneEdit(isThere ? ZoneEditOutcome.Exists : ZoneEditOutcome.NotFound);
        bool lasts = !replaces || IsAdded(view, name);
        LoadResult next = ConfigLoader.AmendZone(_complete, new ZoneAmendment(view, name, statement, lasts ? "addzone" : "modzone"));
        if (!next.CanLoad)
            return Refusal(next);
        if (Find(next.Model!, view, name) is not ({ }, { } zone))
            return new ZoneEdit(ZoneEditOutcome.BadStatement);

        await apply(next.Model!);
        ZoneEdit outcome = zones.Find(view, name) is { } runtime ? OutcomeOfLoad(zone, runtime) : new ZoneEdit(ZoneEditOutcome.Done);
        // Kept as it is understood, so that what is read back next time is the same.
        AddedZone added = new(new ZoneKey(name, RecordClass.In, view), zone.Statement.PrintOneLine(), clock.GetUtcNow());
        if (outcome.Outcome == ZoneEditOutcome.Done && lasts && ReasonOf(await _kept!.PutAsync(added, ct)) is { } reason)
            outcome = new ZoneEdit(ZoneEditOutcome.NotStored, reason);
        if (outcome.Outcome != ZoneEditOutcome.Done)
        {
            await apply(now);
            return outcome;
        }

        _complete = next;
        if (lasts)
            _overlay.SetAdded(added);
        else
            _overlay.SetChanged(view, name, statement);
        if (isThere)
            Log.ZoneChanged(_general, name.ToLogString(), view);
        else
            Log.ZoneAdded(_general, name.ToLogString(), view);
        return outcome;
    }

    /// <summary>Takes a zone out: one that was added for good, one of named.conf until that is read again.</summary>
    public async Task<ZoneEdit> RemoveAsync(string view, DomainName name, Func<NamedConfiguration, Task> apply, CancellationToken ct)
    {
        if (Find(_complete!.Model!, view, name) is not ({ }, { }))
            return new ZoneEdit(ZoneEditOutcome.NotFound);
        LoadResult next = ConfigLoader.AmendZone(_complete, new ZoneAmendment(view, name, null, "delzone"));
        if (!next.CanLoad)
            return Refusal(next);
        bool lasts = IsAdded(view, name);
        if (lasts && ReasonOf(await _kept!.RemoveAsync(new ZoneKey(name, RecordClass.In, view), ct)) is { } reason)
            return new ZoneEdit(ZoneEditOutcome.NotStored, reason);
        _complete = next;
        if (lasts)
            _overlay.RemoveAdded(view, name);
        else
            _overlay.SetChanged(view, name, null);
        await apply(next.Model!);
        Log.ZoneRemoved(_general, name.ToLogString(), view);
        return new ZoneEdit(ZoneEditOutcome.Done);
    }

    /// <summary>Reads one zone's files again when they have changed.</summary>
    public async Task<ZoneEdit> ReloadAsync(NamedConfiguration now, string view, DomainName name, CancellationToken ct)
    {
        if (Find(now, view, name) is not ({ } owner, { } written) || zones.Find(view, name) is not { } runtime)
            return new ZoneEdit(ZoneEditOutcome.NotFound);
        ZoneConfiguration zone = now.FindOwn(written);
        if (runtime.Published.Current is not null && runtime.LoadedFrom == zone.FilePath && runtime.Files.AreCurrent)
            return new ZoneEdit(ZoneEditOutcome.UpToDate);
        await zones.LoadAsync(now, owner, zone, runtime, ct, isExplicit: true);
        return OutcomeOfLoad(zone, runtime);
    }

    /// <summary>The zones that are kept; null when they cannot be read, which is logged once.</summary>
    private async Task<IReadOnlyList<AddedZone>?> ListAsync()
    {
        StoreResult<IReadOnlyList<AddedZone>> listed = await _kept!.ListAsync(CancellationToken.None);
        if (!listed.IsDone && !IsIncomplete)
            Log.CannotReadAddedZones(_config, listed.Message);
        IsIncomplete = !listed.IsDone;
        return listed.IsDone ? listed.Value : null;
    }

    private static ZoneEdit Refusal(LoadResult amended) =>
        new(amended.Model is null ? ZoneEditOutcome.BadStatement : ZoneEditOutcome.BadZone, ReasonOf(amended));

    private static string? ReasonOf(LoadResult amended) =>
        amended.Diagnostics.FirstOrDefault(static diagnostic => diagnostic.FailsLoad)?.ToString();

    private static string? ReasonOf(StoreResult<bool> kept) => kept.IsDone ? null : kept.Message;

    private static ZoneEdit OutcomeOfLoad(ZoneConfiguration zone, ZoneRuntime runtime) =>
        runtime.Error is null ? new ZoneEdit(ZoneEditOutcome.Done)
        : !File.Exists(zone.FilePath) ? new ZoneEdit(ZoneEditOutcome.FileNotFound, runtime.Error)
        : new ZoneEdit(ZoneEditOutcome.NotLoaded, runtime.Error);
}
