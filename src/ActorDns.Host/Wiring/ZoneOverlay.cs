using ActorDns.Configuration;
using ActorDns.Protocol.Names;

namespace ActorDns.Host.Wiring;

/// <summary>
/// What commands have changed about the zones since the configuration was read: zones added, which last, and zones of
/// named.conf replaced or taken out, which last until it is read again.
/// </summary>
internal sealed class ZoneOverlay
{
    private readonly Dictionary<string, List<AddedZone>> _added = new(StringComparer.Ordinal);
    private readonly Dictionary<(string View, DomainName Name), string?> _changed = [];

    /// <summary>All changes, to be applied to the configuration in this order.</summary>
    public IEnumerable<ZoneAmendment> Amendments =>
        _changed.Select(entry => new ZoneAmendment(entry.Key.View, entry.Key.Name, entry.Value, "modzone"))
            .Concat(_added.SelectMany(view => view.Value.Select(
                zone => new ZoneAmendment(view.Key, zone.Name, zone.Statement, view.Key + ".nzf"))));

    /// <summary>The zones added to a view.</summary>
    public IReadOnlyList<AddedZone> Added(string view) => _added.GetValueOrDefault(view) ?? [];

    /// <summary>True when the zone was added at run time.</summary>
    public bool IsAdded(string view, DomainName name) => Added(view).Any(zone => zone.Name == name);

    /// <summary>A copy to try changes on.</summary>
    public ZoneOverlay Copy()
    {
        ZoneOverlay copy = new();
        foreach ((string view, List<AddedZone> zones) in _added)
            copy._added[view] = [.. zones];
        foreach (((string View, DomainName Name) key, string? text) in _changed)
            copy._changed[key] = text;
        return copy;
    }

    /// <summary>Adds a zone, or replaces one that was added.</summary>
    public void SetAdded(string view, AddedZone zone)
    {
        RemoveAdded(view, zone.Name);
        if (!_added.TryGetValue(view, out List<AddedZone>? zones))
            _added[view] = zones = [];
        zones.Add(zone);
    }

    /// <summary>Forgets an added zone.</summary>
    public void RemoveAdded(string view, DomainName name) =>
        _added.GetValueOrDefault(view)?.RemoveAll(zone => zone.Name == name);

    /// <summary>Replaces a zone of named.conf (text) or takes it out (null).</summary>
    public void SetChanged(string view, DomainName name, string? text) => _changed[(view, name)] = text;
}
