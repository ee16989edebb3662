namespace ActorDns.Zones.Access;

/// <summary>The addresses of this host's interfaces and their networks: what <c>localhost</c> and <c>localnets</c> mean.</summary>
public sealed class LocalAddresses
{
    private readonly NetAddress[] _addresses;
    private readonly NetPrefix[] _networks;

    /// <summary>Copies the networks of the interfaces; each address is given with the length of its network's prefix.</summary>
    public LocalAddresses(IEnumerable<(NetAddress Address, int PrefixBits)> interfaces)
    {
        (NetAddress Address, int PrefixBits)[] all = [.. interfaces];
        _addresses = [.. all.Select(entry => entry.Address).Distinct()];
        _networks = [.. all.Select(entry => new NetPrefix(entry.Address, entry.PrefixBits)).Distinct()];
    }

    /// <summary>A host without interfaces: both lists match nothing.</summary>
    public static LocalAddresses Empty { get; } = new([]);

    /// <summary>The addresses of the interfaces.</summary>
    public ReadOnlySpan<NetAddress> Addresses => _addresses;

    /// <summary>The networks of the interfaces.</summary>
    public ReadOnlySpan<NetPrefix> Networks => _networks;

    /// <summary>True when <paramref name="address"/> is an address of an interface.</summary>
    public bool IsLocalHost(NetAddress address) => Addresses.Contains(address);

    /// <summary>True when <paramref name="address"/> lies in the network of an interface.</summary>
    public bool IsLocalNet(NetAddress address)
    {
        foreach (ref readonly NetPrefix network in _networks.AsSpan())
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }
}
