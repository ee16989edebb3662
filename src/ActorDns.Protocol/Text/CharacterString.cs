using System.Text;

namespace ActorDns.Protocol.Text;

/// <summary>Character-strings between presentation and wire form (RFC 1035 §3.3, §5.1), their length octet left out.</summary>
public static class CharacterString
{
    /// <summary>Most octets of one character-string (RFC 1035 §3.3).</summary>
    public const int MaxBytes = 255;

    /// <summary>
    /// Resolves <c>\X</c> and <c>\DDD</c>. False when an escape is incomplete or above 255, or when
    /// <paramref name="destination"/> is too short.
    /// </summary>
    public static bool TryUnescape(ReadOnlySpan<byte> text, Span<byte> destination, out int length)
    {
        length = 0;
        int escape = text.IndexOf((byte)'\\');
        if (escape < 0)
        {
            if (!text.TryCopyTo(destination))
                return false;
            length = text.Length;
            return true;
        }

        int written = 0;
        for (int at = 0; at < text.Length;)
        {
            byte octet = text[at++];
            if (octet == '\\' && !TryReadEscape(text, ref at, out octet))
                return false;
            if (written >= destination.Length)
                return false;
            destination[written++] = octet;
        }

        length = written;
        return true;
    }

    /// <summary>Appends octets in double quotes, escaping quote, backslash and what is not printable ASCII.</summary>
    public static void AppendQuoted(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        text.Append('"');
        foreach (byte octet in octets)
            AppendOctet(text, octet);
        text.Append('"');
    }

    /// <summary>Appends one octet as it stands between double quotes.</summary>
    internal static void AppendOctet(StringBuilder text, byte octet)
    {
        if (octet is (byte)'"' or (byte)'\\')
        {
            text.Append('\\').Append((char)octet);
        }
        else if (octet is >= 0x20 and < 0x7F)
        {
            text.Append((char)octet);
        }
        else
        {
            text.Append('\\')
                .Append((char)('0' + (octet / 100)))
                .Append((char)('0' + (octet / 10 % 10)))
                .Append((char)('0' + (octet % 10)));
        }
    }

    /// <summary>Reads what follows a backslash: three digits up to 255, or one octet that is not a digit.</summary>
    internal static bool TryReadEscape(ReadOnlySpan<byte> text, ref int at, out byte octet)
    {
        octet = 0;
        if (at >= text.Length)
            return false;
        if (!char.IsAsciiDigit((char)text[at]))
        {
            octet = text[at++];
            return true;
        }

        if (at + 3 > text.Length || !DecimalText.TryParse(text.Slice(at, 3), 255, out uint value))
            return false;
        octet = (byte)value;
        at += 3;
        return true;
    }
}
