using ActorDns.Configuration;
using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Wiring;

/// <summary>
/// What commands have changed about the zones since the configuration was read: zones added, which last, and zones of
/// named.conf replaced or taken out, which last until it is read again.
/// </summary>
internal sealed class ZoneOverlay
{
    private readonly Dictionary<(string View, DomainName Name), AddedZone> _added = [];
    private readonly Dictionary<(string View, DomainName Name), string?> _changed = [];

    /// <summary>All changes, to be applied to the configuration in this order.</summary>
    public IEnumerable<ZoneAmendment> Amendments =>
        _changed.Select(entry => new ZoneAmendment(entry.Key.View, entry.Key.Name, entry.Value, "modzone"))
            .Concat(_added.Values.Select(zone => new ZoneAmendment(zone.Key.View, zone.Key.Name, zone.Statement, SourceOf(zone.Key))));

    /// <summary>The zones added.</summary>
    public IReadOnlyCollection<AddedZone> AddedZones => _added.Values;

    /// <summary>What positions in the statement of an added zone call its file.</summary>
    public static string SourceOf(ZoneKey key) => $"addzone {key.Name.ToLogString()} in view {key.View}";

    /// <summary>The zone as it was added; null for one that was not.</summary>
    public AddedZone? Added(string view, DomainName name) => _added.GetValueOrDefault((view, name));

    /// <summary>The same changes to zones of named.conf, and these added zones.</summary>
    public ZoneOverlay WithAdded(IEnumerable<AddedZone> added)
    {
        ZoneOverlay copy = new();
        foreach (AddedZone zone in added)
            copy.SetAdded(zone);
        foreach (((string View, DomainName Name) key, string? text) in _changed)
            copy._changed[key] = text;
        return copy;
    }

    /// <summary>Adds a zone, or replaces one that was added.</summary>
    public void SetAdded(AddedZone zone) => _added[(zone.Key.View, zone.Key.Name)] = zone;

    /// <summary>Forgets an added zone.</summary>
    public void RemoveAdded(string view, DomainName name) => _added.Remove((view, name));

    /// <summary>Replaces a zone of named.conf (text) or takes it out (null).</summary>
    public void SetChanged(string view, DomainName name, string? text) => _changed[(view, name)] = text;
}
