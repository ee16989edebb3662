using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>Puts the zones that commands have added into what was read from named.conf.</summary>
/// <param name="log">Category <c>config</c>.</param>
internal sealed class AddedZoneReader(ILogger log)
{
    /// <summary>Those that may be in a configuration: their view allows it, and named.conf does not have them itself.</summary>
    public IEnumerable<AddedZone> Allowed(NamedConfiguration configuration, IEnumerable<AddedZone> added)
    {
        Dictionary<string, HashSet<DomainName>> configured = configuration.Views
            .Where(static view => view.Settings.AllowNewZones.Value)
            .ToDictionary(static view => view.Name, static view => view.Zones.Select(static zone => zone.Name).ToHashSet());
        foreach (AddedZone zone in added)
        {
            if (!configured.TryGetValue(zone.Key.View, out HashSet<DomainName>? names))
                continue;
            if (names.Contains(zone.Key.Name))
                Log.AddedZoneConfigured(log, zone.Key.View, zone.Key.Name.ToLogString());
            else
                yield return zone;
        }
    }

    /// <summary>
    /// The configuration with an overlay's zones. An added zone that does not fit it, because of a key that is gone for instance, is left
    /// out and named; null with the reason when that does not help.
    /// </summary>
    public LoadResult Complete(LoadResult loaded, ref ZoneOverlay overlay)
    {
        LoadResult complete = ConfigLoader.Amend(loaded, overlay.Amendments);
        if (complete.CanLoad)
            return complete;
        Dictionary<string, ConfigDiagnostic> wrong = [];
        foreach (ConfigDiagnostic diagnostic in complete.Diagnostics.Where(static found => found.FailsLoad))
            wrong.TryAdd(diagnostic.File, diagnostic);
        List<AddedZone> fit = [];
        foreach (AddedZone zone in overlay.AddedZones)
        {
            if (wrong.TryGetValue(ZoneOverlay.SourceOf(zone.Key), out ConfigDiagnostic? reason))
                Log.AddedZoneLeftOut(log, zone.Key.View, zone.Key.Name.ToLogString(), reason.ToString());
            else
                fit.Add(zone);
        }

        if (fit.Count == overlay.AddedZones.Count)
            return complete;
        overlay = overlay.WithAdded(fit);
        return ConfigLoader.Amend(loaded, overlay.Amendments);
    }
}
