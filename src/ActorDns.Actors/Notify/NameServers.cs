using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Actors.Notify;

/// <summary>The name servers of a zone, and the addresses that our own zones have for them.</summary>
internal static class NameServers
{
    /// <summary>
    /// The names of the zone's NS set (RFC 1996 §2), without the primary that the SOA names unless it is asked for.
    /// </summary>
    public static IReadOnlyList<DomainName> Of(ZoneSnapshot zone, bool withSoaPrimary)
    {
        if (!zone.Apex.TryFind(RecordType.Ns, out RecordSetView servers))
            return [];
        SoaData soa = new(zone.Soa.First);
        List<DomainName> names = [];
        foreach (ReadOnlySpan<byte> name in servers)
        {
            if (withSoaPrimary || !WireName.Equal(name, soa.PrimaryName))
                names.Add(DomainName.FromWire(name));
        }

        return names;
    }

    /// <summary>The addresses of a name in a zone, glue included; empty when the zone has none.</summary>
    public static IReadOnlyList<NetAddress> AddressesIn(ZoneSnapshot zone, DomainName name)
    {
        if (!zone.Names.TryFind(name.Wire, out NameView found))
            return [];
        List<NetAddress> addresses = [];
        Add(found, RecordType.A, addresses);
        Add(found, RecordType.Aaaa, addresses);
        return addresses;
    }

    private static void Add(NameView name, RecordType type, List<NetAddress> addresses)
    {
        if (!name.TryFind(type, out RecordSetView set))
            return;
        foreach (ReadOnlySpan<byte> address in set)
            addresses.Add(NetAddress.FromBytes(address));
    }
}
