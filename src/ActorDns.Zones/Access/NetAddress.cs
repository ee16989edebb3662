using System.Buffers.Binary;
using System.Net;

namespace ActorDns.Zones.Access;

/// <summary>
/// An IPv4 or IPv6 address as a plain value: sixteen octets and a family, no allocation. An IPv4-mapped IPv6 address is always
/// held as IPv4, so that access lists see one address for one client.
/// </summary>
public readonly struct NetAddress : IEquatable<NetAddress>
{
    private const ulong MappedPrefix = 0xFFFF_0000_0000UL;
    private readonly ulong _high;
    private readonly ulong _low;

    private NetAddress(ulong high, ulong low, bool isIPv6)
    {
        _high = high;
        _low = low;
        IsIPv6 = isIPv6;
    }

    /// <summary>True for IPv6, false for IPv4 (mapped addresses included).</summary>
    public bool IsIPv6 { get; }

    /// <summary>Bits of an address of this family: 32 or 128.</summary>
    public int Bits => IsIPv6 ? 128 : 32;

    /// <summary>The 64 high bits of an IPv6 address; 0 for IPv4.</summary>
    public ulong High => _high;

    /// <summary>The 64 low bits of an IPv6 address, or the 32 bits of an IPv4 one.</summary>
    public ulong Low => _low;

    /// <summary>An IPv4 address from its number in host order: 127.0.0.1 is 0x7F000001.</summary>
    public static NetAddress FromIPv4(uint value) => new(0, value, false);

    /// <summary>An address from its octets in network order; mapped IPv4 becomes IPv4.</summary>
    /// <exception cref="ArgumentException">The span has neither 4 nor 16 octets.</exception>
    public static NetAddress FromBytes(ReadOnlySpan<byte> octets)
    {
        if (octets.Length == 4)
            return FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(octets));
        if (octets.Length != 16)
            throw new ArgumentException("an address has 4 or 16 octets", nameof(octets));
        ulong high = BinaryPrimitives.ReadUInt64BigEndian(octets);
        ulong low = BinaryPrimitives.ReadUInt64BigEndian(octets[8..]);
        return high == 0 && low >> 32 == MappedPrefix >> 32
            ? FromIPv4((uint)low)
            : new NetAddress(high, low, true);
    }

    /// <summary>The same address as the framework writes it; a scope is not kept.</summary>
    public static NetAddress From(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out int written);
        return FromBytes(octets[..written]);
    }

    /// <summary>Writes the octets in network order and returns their count, 4 or 16.</summary>
    public int WriteBytes(Span<byte> destination)
    {
        if (!IsIPv6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    /// <summary>The address as the framework's type.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        return new IPAddress(octets[..WriteBytes(octets)]);
    }

    /// <summary>
    /// True when the first <paramref name="prefixBits"/> bits equal those of <paramref name="network"/> and the family is the same.
    /// </summary>
    public bool IsIn(NetAddress network, int prefixBits)
    {
        if (IsIPv6 != network.IsIPv6)
            return false;
        if (!IsIPv6)
            return prefixBits == 0 || ((uint)_low ^ (uint)network._low) >> (32 - prefixBits) == 0;
        if (prefixBits == 0)
            return true;
        return prefixBits <= 64
            ? (_high ^ network._high) >> (64 - prefixBits) == 0
            : _high == network._high && (prefixBits == 64 || (_low ^ network._low) >> (128 - prefixBits) == 0);
    }

    /// <summary>The address with all but the first <paramref name="prefixBits"/> bits cleared.</summary>
    public NetAddress Masked(int prefixBits)
    {
        if (!IsIPv6)
            return FromIPv4(prefixBits == 0 ? 0 : (uint)_low & (uint.MaxValue << (32 - prefixBits)));
        ulong high = prefixBits switch { 0 => 0, >= 64 => _high, _ => _high & (ulong.MaxValue << (64 - prefixBits)) };
        ulong low = prefixBits switch { <= 64 => 0, >= 128 => _low, _ => _low & (ulong.MaxValue << (128 - prefixBits)) };
        return new NetAddress(high, low, true);
    }

    /// <inheritdoc/>
    public bool Equals(NetAddress other) => _high == other._high && _low == other._low && IsIPv6 == other.IsIPv6;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NetAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low, IsIPv6);

    /// <inheritdoc/>
    public override string ToString() => ToIPAddress().ToString();

    /// <summary>Same family, same bits.</summary>
    public static bool operator ==(NetAddress left, NetAddress right) => left.Equals(right);

    /// <summary>Different family or bits.</summary>
    public static bool operator !=(NetAddress left, NetAddress right) => !left.Equals(right);
}
