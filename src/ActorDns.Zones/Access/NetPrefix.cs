using System.Globalization;

namespace ActorDns.Zones.Access;

/// <summary>A network: an address whose bits after the prefix are zero, and the length of that prefix.</summary>
public readonly record struct NetPrefix
{
    private const int MappedPrefixBits = 96;

    /// <summary>
    /// A network; bits after the prefix are cleared. A prefix of an IPv4-mapped address may be given in IPv6 bits, 96 and more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address.</exception>
    public NetPrefix(NetAddress address, int bits)
    {
        if (!address.IsIPv6 && bits > address.Bits)
            bits -= MappedPrefixBits;
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, address.Bits);
        Address = address.Masked(bits);
        Bits = bits;
    }

    /// <summary>The first address of the network.</summary>
    public NetAddress Address { get; }

    /// <summary>Length of the prefix in bits.</summary>
    public int Bits { get; }

    /// <summary>True when the network is one address.</summary>
    public bool IsHost => Bits == Address.Bits;

    /// <summary>True when <paramref name="address"/> lies in this network.</summary>
    public bool Contains(NetAddress address) => address.IsIn(Address, Bits);

    /// <summary>The address alone for a host, else <c>address/bits</c>.</summary>
    public override string ToString() => IsHost
        ? Address.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{Address}/{Bits}");
}
