using System.Collections.Immutable;
using ActorDns.Configuration.Model;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Wiring;

/// <summary>Makes match lists out of the configuration's, with named lists put in where they are referred to.</summary>
/// <param name="configuration">Where named lists are defined.</param>
/// <param name="local">The host's own addresses.</param>
internal sealed class MatchListMapper(NamedConfiguration configuration, LocalAddressBook local)
{
    private const int MaxDepth = 64;

    public MatchList Map(AddressMatchList list) =>
        list.Elements is [AddressMatchElement.Any { IsNegated: false }] ? MatchList.Any
        : list.Elements.IsEmpty || list.Elements is [AddressMatchElement.None { IsNegated: false }] ? MatchList.None
        : MatchList.Create(Elements(list, 0), local);

    public MatchList Map(TransferAccess access)
    {
        if (access.Port is null && access.Transport is null)
            return Map(access.Clients);
        AccessTransports transports = access.Transport?.ToUpperInvariant() switch
        {
            null => AccessTransports.All,
            "UDP" => AccessTransports.Udp,
            "TCP" => AccessTransports.Tcp,
            "UDP-TCP" => AccessTransports.Udp | AccessTransports.Tcp,
            "TLS" => AccessTransports.Tls,
            "HTTP" => AccessTransports.Http,
            "HTTP-PLAIN" => AccessTransports.HttpPlain,
            _ => AccessTransports.None,
        };
        return MatchList.Create(
            Elements(access.Clients, 0),
            local,
            new TransportRestriction((ushort?)access.Port, transports, access.Clients.Position.ToString()));
    }

    /// <summary>Whose NOTIFY a secondary listens to: that of its primaries, and of whom <c>allow-notify</c> names.</summary>
    public MatchList MapNotifySources(ImmutableArray<RemoteServer> primaries, AddressMatchList allowed)
    {
        IEnumerable<MatchElement> known = primaries.Select(static primary => NetAddress.From(primary.Address)).Select(
            static address => MatchElement.Prefix(new NetPrefix(address, address.Bits), source: "primaries"));
        return MatchList.Create([.. known, .. Elements(allowed, 0)], local);
    }

    private ImmutableArray<MatchElement> Elements(AddressMatchList list, int depth) =>
        depth > MaxDepth ? [] : [.. list.Elements.Select(element => Map(element, depth)).OfType<MatchElement>()];

    private MatchElement? Map(AddressMatchElement element, int depth)
    {
        bool isNegated = element.IsNegated;
        string at = element.Position.ToString();
        return element switch
        {
            AddressMatchElement.Any => MatchElement.Any(isNegated, at),
            AddressMatchElement.None => MatchElement.None(isNegated, at),
            AddressMatchElement.LocalHost => MatchElement.LocalHost(isNegated, at),
            AddressMatchElement.LocalNets => MatchElement.LocalNets(isNegated, at),
            AddressMatchElement.Key key => MatchElement.Key(key.Name, isNegated, at),
            AddressMatchElement.Prefix prefix =>
                MatchElement.Prefix(new NetPrefix(NetAddress.From(prefix.Address), prefix.Length), isNegated, at),
            AddressMatchElement.Nested nested => MatchElement.Nested(Elements(nested.List, depth + 1), isNegated, at),
            AddressMatchElement.AclReference named => MatchElement.Nested(
                configuration.FindAcl(named.Name) is { } acl ? Elements(acl.List, depth + 1) : [], isNegated, at, named.Name),
            _ => null,
        };
    }
}
