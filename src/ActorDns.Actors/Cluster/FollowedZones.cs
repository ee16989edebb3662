using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ActorDns.Actors.Zones;

namespace ActorDns.Actors.Cluster;

/// <summary>The zones of this node that have a place in the store, by their numbers in it. Zones enter themselves.</summary>
public sealed class FollowedZones
{
    private readonly ConcurrentDictionary<ZoneJournal, FollowedZone> _zones = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<long, FollowedZone> _numbers = new();

    /// <summary>All of them, those without a number yet as well.</summary>
    internal IEnumerable<FollowedZone> All => _zones.Values;

    /// <summary>The zone at a place, entered when it was not known.</summary>
    internal FollowedZone At(ZoneJournal place) => _zones.GetOrAdd(place, static key => new FollowedZone(key));

    /// <summary>Finds a zone by its number.</summary>
    internal bool TryFind(long zoneId, [NotNullWhen(true)] out FollowedZone? zone) => _numbers.TryGetValue(zoneId, out zone);

    /// <summary>Notes a zone's number, instead of the one that it had.</summary>
    internal void Number(ZoneJournal place, long before, long zoneId)
    {
        FollowedZone zone = At(place);
        _numbers[zoneId] = zone;
        if (before != zoneId)
            _numbers.TryRemove(new KeyValuePair<long, FollowedZone>(before, zone));
    }

    /// <summary>The zone has left this node.</summary>
    internal void Remove(ZoneJournal place)
    {
        if (_zones.TryRemove(place, out FollowedZone? zone))
            _numbers.TryRemove(new KeyValuePair<long, FollowedZone>(place.ZoneId, zone));
    }
}
