using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorDns.Configuration.Syntax;

/// <summary>Addresses as words of the configuration.</summary>
internal static class AddressText
{
    /// <summary>True for a full address of either family and for one to four dotted decimal octets.</summary>
    public static bool LooksLikeAddress(string text) => TryParsePartialV4(text, out _, out _) || TryParseV6(text, out _);

    /// <summary>Reads a full address.</summary>
    public static bool TryParse(string text, out IPAddress address)
    {
        if (TryParsePartialV4(text, out address, out int parts) && parts == 4)
            return true;
        return TryParseV6(text, out address);
    }

    /// <summary>Reads an IPv6 address, with a scope behind <c>%</c> if there is one.</summary>
    public static bool TryParseV6(string text, out IPAddress address)
    {
        address = IPAddress.IPv6None;
        if (!text.Contains(':', StringComparison.Ordinal) || text.StartsWith('['))
            return false;
        int scope = text.IndexOf('%', StringComparison.Ordinal);
        string bare = scope < 0 ? text : text[..scope];
        if (!IPAddress.TryParse(bare, out IPAddress? parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return false;
        address = parsed;
        if (scope >= 0 && long.TryParse(text.AsSpan(scope + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long id)
            && id <= uint.MaxValue)
        {
            address.ScopeId = id;
        }

        return true;
    }

    /// <summary>Reads one to four dotted decimal octets; missing ones are zero.</summary>
    public static bool TryParsePartialV4(string text, out IPAddress address, out int parts)
    {
        address = IPAddress.None;
        parts = 0;
        Span<byte> octets = stackalloc byte[4];
        foreach (Range range in text.AsSpan().Split('.'))
        {
            ReadOnlySpan<char> part = text.AsSpan()[range];
            if (parts == 4 || part.Length is 0 or > 3
                || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out octets[parts]))
            {
                return false;
            }

            parts++;
        }

        address = new IPAddress(octets);
        return true;
    }

    /// <summary>True when a bit beyond the prefix is set.</summary>
    public static bool HasHostBits(IPAddress address, int length)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out int count);
        for (int bit = length; bit < count * 8; bit++)
        {
            if ((octets[bit / 8] & (0x80 >> (bit % 8))) != 0)
                return true;
        }

        return false;
    }
}
