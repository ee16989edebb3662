using ActorDns.Zones.Access;

namespace ActorDns.Zones.Updates;

/// <summary>The names that addresses are found under, in uncompressed wire form.</summary>
internal static class ReverseName
{
    private const uint SixToFourPrefix = 0x2002;
    private const int SixToFourBits = 48;

    private static ReadOnlySpan<byte> InAddrArpa => "\u0007in-addr\u0004arpa\0"u8;

    private static ReadOnlySpan<byte> Ip6Arpa => "\u0003ip6\u0004arpa\0"u8;

    /// <summary>Writes the name under in-addr.arpa (RFC 1035 §3.5) or ip6.arpa (RFC 3596 §2.5); returns its length.</summary>
    public static int Write(NetAddress address, Span<byte> name)
    {
        if (address.IsIPv6)
            return WriteNibbles(address.High, address.Low, address.Bits, name);
        int at = 0;
        for (int shift = 0; shift < address.Bits; shift += 8)
        {
            byte octet = (byte)(address.Low >> shift);
            octet.TryFormat(name[(at + 1)..], out int digits);
            name[at] = (byte)digits;
            at += digits + 1;
        }

        InAddrArpa.CopyTo(name[at..]);
        return at + InAddrArpa.Length;
    }

    /// <summary>
    /// Writes the name of the client's /48 under ip6.arpa: the network that 6to4 makes of an IPv4 address (RFC 3056 §2), or the one
    /// that an IPv6 address lies in. Returns its length.
    /// </summary>
    public static int WriteSixToFour(NetAddress address, Span<byte> name)
    {
        ulong high = address.IsIPv6 ? address.High : ((ulong)SixToFourPrefix << 48) | (address.Low << 16);
        return WriteNibbles(high, 0, SixToFourBits, name);
    }

    private static int WriteNibbles(ulong high, ulong low, int bits, Span<byte> name)
    {
        int at = 0;
        for (int bit = bits - 4; bit >= 0; bit -= 4)
        {
            ulong half = bit < 64 ? high : low;
            name[at] = 1;
            name[at + 1] = "0123456789abcdef"u8[(int)(half >> (60 - (bit & 63))) & 0xF];
            at += 2;
        }

        Ip6Arpa.CopyTo(name[at..]);
        return at + Ip6Arpa.Length;
    }
}
