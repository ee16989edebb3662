using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ActorDns.Protocol.Text;

/// <summary>IPv6 addresses between text and octets: reads every form of RFC 4291 §2.2, writes the one of RFC 5952 §4.</summary>
public static class IPv6Text
{
    /// <summary>Octets of an address.</summary>
    public const int Bytes = 16;

    private const int Groups = 8;

    /// <summary>Reads groups of up to four hex digits, one <c>::</c>, and a last part in dotted decimal.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        Span<byte> octets = stackalloc byte[Bytes];
        int written = 0;
        int gapAt = -1;
        int at = 0;
        if (text.StartsWith("::"u8))
        {
            gapAt = 0;
            at = 2;
        }

        while (at < text.Length)
        {
            ReadOnlySpan<byte> rest = text[at..];
            int colon = rest.IndexOf((byte)':');
            ReadOnlySpan<byte> group = colon < 0 ? rest : rest[..colon];
            if (colon < 0 && group.Contains((byte)'.'))
            {
                if (written > Bytes - IPv4Text.Bytes || !IPv4Text.TryParse(group, octets[written..]))
                    return false;
                written += IPv4Text.Bytes;
                break;
            }

            if (written == Bytes || !TryParseGroup(group, out ushort value))
                return false;
            BinaryPrimitives.WriteUInt16BigEndian(octets[written..], value);
            written += 2;
            if (colon < 0)
                break;
            at += colon + 1;
            if (at == text.Length)
                return false;
            if (text[at] != ':')
                continue;
            if (gapAt >= 0)
                return false;
            gapAt = written;
            at++;
        }

        if (gapAt < 0 ? written != Bytes : written > Bytes - 2)
            return false;
        int tail = gapAt < 0 ? 0 : written - gapAt;
        destination[..Bytes].Clear();
        octets[..(written - tail)].CopyTo(destination);
        octets.Slice(written - tail, tail).CopyTo(destination[(Bytes - tail)..]);
        return true;
    }

    /// <summary>
    /// Appends the RFC 5952 form: lower case, no leading zeros, the first longest run of zero groups as <c>::</c>, an address
    /// that carries an IPv4 address with its last part in dotted decimal (§5).
    /// </summary>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> address)
    {
        FindLongestZeroRun(address, out int runStart, out int runLength);
        bool endsInIPv4 = runStart == 0
            && (runLength == 6 || (runLength == 5 && address[10] == 0xFF && address[11] == 0xFF));
        int groups = endsInIPv4 ? Groups - 2 : Groups;
        for (int group = 0; group < groups; group++)
        {
            if (group == runStart)
            {
                text.Append("::");
                group += runLength - 1;
                continue;
            }

            if (group > 0 && group != runStart + runLength)
                text.Append(':');
            AppendGroup(text, BinaryPrimitives.ReadUInt16BigEndian(address[(group * 2)..]));
        }

        if (!endsInIPv4)
            return;
        if (runLength == 5)
            text.Append(':');
        IPv4Text.Append(text, address[12..]);
    }

    /// <summary>Reads one to four hex digits.</summary>
    internal static bool TryParseGroup(ReadOnlySpan<byte> text, out ushort value) =>
        ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        && text.Length <= 4;

    /// <summary>Appends 16 bits in hex without leading zeros.</summary>
    internal static void AppendGroup(StringBuilder text, ushort value) =>
        text.Append(CultureInfo.InvariantCulture, $"{value:x}");

    private static void FindLongestZeroRun(ReadOnlySpan<byte> address, out int start, out int length)
    {
        start = Groups + 1;
        length = 1;
        int run = 0;
        for (int group = 0; group < Groups; group++)
        {
            run = (address[group * 2] | address[(group * 2) + 1]) == 0 ? run + 1 : 0;
            if (run <= length)
                continue;
            length = run;
            start = group + 1 - run;
        }
    }
}
