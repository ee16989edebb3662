using System.Text;

namespace ActorDns.Protocol.Text;

/// <summary>IPv4 addresses in dotted decimal (RFC 1035 §3.4.1).</summary>
public static class IPv4Text
{
    /// <summary>Octets of an address.</summary>
    public const int Bytes = 4;

    /// <summary>Longest text of an address.</summary>
    public const int MaxChars = 15;

    /// <summary>Reads four decimal octets without leading zeros, parted by dots.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int octets = 0;
        int value = -1;
        foreach (byte c in text)
        {
            uint digit = (uint)c - '0';
            if (digit <= 9)
            {
                if (value == 0)
                    return false;
                value = value < 0 ? (int)digit : (value * 10) + (int)digit;
                if (value > 255)
                    return false;
            }
            else
            {
                if (c != '.' || value < 0 || octets == Bytes - 1)
                    return false;
                destination[octets++] = (byte)value;
                value = -1;
            }
        }

        if (octets != Bytes - 1 || value < 0)
            return false;
        destination[octets] = (byte)value;
        return true;
    }

    /// <summary>Appends dotted decimal.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> address)
    {
        Span<byte> octets = stackalloc byte[MaxChars];
        Span<char> characters = stackalloc char[MaxChars];
        int length = Write(address, octets);
        Ascii.ToUtf16(octets[..length], characters, out _);
        text.Append(characters[..length]);
    }

    /// <summary>Writes dotted decimal in ASCII, at most <see cref="MaxChars"/>, and returns its length.</summary>
    public static int Write(ReadOnlySpan<byte> address, Span<byte> destination)
    {
        int at = 0;
        foreach (byte octet in address[..Bytes])
        {
            if (at > 0)
                destination[at++] = (byte)'.';
            if (octet >= 100)
                destination[at++] = (byte)('0' + (octet / 100));
            if (octet >= 10)
                destination[at++] = (byte)('0' + (octet / 10 % 10));
            destination[at++] = (byte)('0' + (octet % 10));
        }

        return at;
    }
}
