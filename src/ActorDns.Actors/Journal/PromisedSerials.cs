using System.Collections.Concurrent;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Journal;

/// <summary>
/// What IXFR still promises: whoever got a version of a zone from us can follow the changes from it until the SOA's EXPIRE is over. After
/// that time a secondary that never came again has given the zone up itself. Kept in memory: a restart forgets it, and retention, which is
/// applied an hour later at the earliest, finds what came meanwhile. Used from any thread.
/// </summary>
public sealed class PromisedSerials(TimeProvider clock)
{
    private const int MaxClientsPerZone = 64;
    private readonly long _started = clock.GetTimestamp();
    private readonly ConcurrentDictionary<ZoneKey, Dictionary<NetAddress, (Serial Serial, TimeSpan Until)>> _zones = new();

    private TimeSpan Now => clock.GetElapsedTime(_started);

    /// <summary>Notes that a client has a version now, for as long as it may keep it.</summary>
    public void Promise(ZoneKey zone, NetAddress client, Serial serial, TimeSpan expire)
    {
        Dictionary<NetAddress, (Serial Serial, TimeSpan Until)> clients = _zones.GetOrAdd(zone, static _ => []);
        lock (clients)
        {
            if (clients.Count >= MaxClientsPerZone && !clients.ContainsKey(client))
                clients.Remove(clients.MinBy(static known => known.Value.Until).Key);
            clients[client] = (serial, Now + expire);
        }
    }

    /// <summary>The oldest serial that a client of a zone may have; null when nothing is promised.</summary>
    public Serial? OldestOf(ZoneKey zone)
    {
        if (!_zones.TryGetValue(zone, out Dictionary<NetAddress, (Serial Serial, TimeSpan Until)>? clients))
            return null;
        Serial? oldest = null;
        lock (clients)
        {
            foreach ((NetAddress client, (Serial serial, TimeSpan until)) in clients)
            {
                if (until <= Now)
                    clients.Remove(client);
                else if (oldest is null || oldest.Value.IsNewerThan(serial))
                    oldest = serial;
            }
        }

        return oldest;
    }
}
