using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ActorDns.Configuration.Model;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Which sockets <c>listen-on</c> and <c>listen-on-v6</c> ask for: one for every address of an interface that the list matches, and one for
/// every single address in the list that no interface has (all of 127.0.0.0/8 can be bound on Linux).
/// </summary>
internal sealed class ListenAddresses
{
    private readonly List<(string Interface, NetAddress Address, int PrefixBits)> _interfaces = [];

    public ListenAddresses()
    {
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (network.OperationalStatus is OperationalStatus.Down)
                continue;
            foreach (UnicastIPAddressInformation address in network.GetIPProperties().UnicastAddresses)
            {
                if (!address.Address.IsIPv6LinkLocal)
                    _interfaces.Add((network.Name, NetAddress.From(address.Address), address.PrefixLength));
            }
        }
    }

    /// <summary>What <c>localhost</c> and <c>localnets</c> mean now.</summary>
    public LocalAddresses Local => new(_interfaces.Select(entry => (entry.Address, entry.PrefixBits)));

    /// <summary>
    /// The endpoints to bind, each with the name of its interface for the log: those of the node's own settings, or of the configuration
    /// when there are none.
    /// </summary>
    public IReadOnlyList<(string Interface, NetEndpoint Endpoint)> Resolve(
        NamedConfiguration configuration, LocalAddressBook local, ServerNodeOptions node, IReadOnlyList<NetEndpoint> own)
    {
        if (own.Count > 0)
        {
            return [.. own.Select(endpoint => (
                _interfaces.Find(known => known.Address == endpoint.Address).Interface ?? "(no interface)",
                new NetEndpoint(endpoint.Address, (ushort)(node.PortOverride ?? endpoint.Port))))];
        }

        MatchListMapper lists = new(configuration, local);
        int port = node.PortOverride ?? configuration.Options.Port.Value;
        List<(string, NetEndpoint)> found = [];
        foreach (ListenOn listen in configuration.Options.ListenOn)
        {
            if (listen.Tls is not null and not "none" || listen.Http is not null
                || (listen.IsV6 && node.IPv4Only) || (!listen.IsV6 && node.IPv6Only))
            {
                continue;
            }

            MatchList list = lists.Map(listen.Addresses);
            ushort bound = (ushort)(node.PortOverride ?? listen.EffectivePort(port));
            foreach ((string name, NetAddress address) in Candidates(listen))
            {
                NetEndpoint endpoint = new(address, bound);
                if (address.IsIPv6 == listen.IsV6
                    && list.Allows(new AccessSubject(address))
                    && !found.Exists(entry => entry.Item2 == endpoint))
                {
                    found.Add((name, endpoint));
                }
            }
        }

        return found;
    }

    private IEnumerable<(string Interface, NetAddress Address)> Candidates(ListenOn listen) =>
        _interfaces.Select(entry => (entry.Interface, entry.Address))
            .Concat(listen.Addresses.Elements
                .OfType<AddressMatchElement.Prefix>()
                .Where(prefix => !prefix.IsNegated && IsHost(prefix) && !IPAddress.Any.Equals(prefix.Address))
                .Select(prefix => ("(no interface)", NetAddress.From(prefix.Address)))
                .Where(entry => !_interfaces.Exists(known => known.Address == entry.Item2)));

    private static bool IsHost(AddressMatchElement.Prefix prefix) =>
        prefix.Length == (prefix.Address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
}
