using System.Globalization;
using System.Text;

namespace ActorDns.Protocol.Text;

/// <summary>The two templates of a $GENERATE directive, as BIND's manual defines it, and the range that they are expanded over.</summary>
internal sealed class MasterFileTemplate
{
    private readonly byte[] _owner;
    private readonly byte[] _middle;
    private readonly byte[] _data;

    private MasterFileTemplate(long start, long stop, long step, byte[] owner, byte[] middle, byte[] data)
    {
        (Start, Stop, Step) = (start, stop, step);
        (_owner, _middle, _data) = (owner, middle, data);
    }

    /// <summary>First value.</summary>
    public long Start { get; }

    /// <summary>Last value that may be used.</summary>
    public long Stop { get; }

    /// <summary>Distance between values.</summary>
    public long Step { get; }

    /// <summary>Reads <c>$GENERATE range owner [ttl] [class] type data</c>; null with a reason when it is malformed.</summary>
    public static MasterFileTemplate? Parse(ref MasterFileScanner scanner, out string? error)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        if (!TryParseRange(Encoding.ASCII.GetString(scanner.TextOf(tokens[1])), out long start, out long stop, out long step))
        {
            error = "bad range; write start-stop or start-stop/step";
            return null;
        }

        // Between owner and data stand type and, before it, TTL and class: the type is the last word that can be one.
        int typeAt = 3;
        while (typeAt < tokens.Length - 2 && IsTtlOrClass(scanner.TextOf(tokens[typeAt])))
            typeAt++;
        if (typeAt + 1 >= tokens.Length)
        {
            error = "no data after the type";
            return null;
        }

        List<byte> middle = [];
        for (int i = 3; i <= typeAt; i++)
        {
            middle.Add((byte)' ');
            middle.AddRange(scanner.TextOf(tokens[i]));
        }

        error = null;
        byte[] data = tokens.Length == typeAt + 2 && tokens[typeAt + 1].Quoted
            ? scanner.TextOf(tokens[typeAt + 1]).ToArray()
            : Join(ref scanner, typeAt + 1);
        return new MasterFileTemplate(
            start, stop, step, scanner.TextOf(tokens[2]).ToArray(), [.. middle], data);
    }

    /// <summary>Makes the line for one value.</summary>
    public bool TryExpand(long value, out byte[] line, out string? error)
    {
        List<byte> expanded = new(_owner.Length + _middle.Length + _data.Length + 32);
        line = [];
        if (!TryExpand(_owner, value, expanded, out error))
            return false;
        expanded.AddRange(_middle);
        expanded.Add((byte)' ');
        if (!TryExpand(_data, value, expanded, out error))
            return false;
        expanded.Add((byte)'\n');
        line = [.. expanded];
        return true;
    }

    private static bool TryParseRange(string text, out long start, out long stop, out long step)
    {
        start = stop = 0;
        step = 1;
        string[] bySlash = text.Split('/');
        string[] byDash = bySlash[0].Split('-');
        return byDash.Length == 2
            && TryParseNumber(byDash[0], out start)
            && TryParseNumber(byDash[1], out stop)
            && start <= stop
            && (bySlash.Length == 1 || (bySlash.Length == 2 && TryParseNumber(bySlash[1], out step) && step > 0));
    }

    private static bool TryParseNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= int.MaxValue;

    private static bool IsTtlOrClass(ReadOnlySpan<byte> word) =>
        word.Length > 0 && (char.IsAsciiDigit((char)word[0])
            || (word.Length == 2 && (word[0] | 0x20, word[1] | 0x20) is ('i', 'n') or ('c', 'h') or ('h', 's')));

    private static byte[] Join(ref MasterFileScanner scanner, int from)
    {
        List<byte> joined = [];
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        for (int i = from; i < tokens.Length; i++)
        {
            if (i > from)
                joined.Add((byte)' ');
            if (tokens[i].Quoted)
                joined.Add((byte)'"');
            joined.AddRange(scanner.TextOf(tokens[i]));
            if (tokens[i].Quoted)
                joined.Add((byte)'"');
        }

        return [.. joined];
    }

    private static bool TryExpand(byte[] template, long value, List<byte> expanded, out string? error)
    {
        error = null;
        for (int at = 0; at < template.Length; at++)
        {
            byte octet = template[at];
            byte following = at + 1 < template.Length ? template[at + 1] : (byte)0;
            if (octet == (byte)'\\')
            {
                if (following != (byte)'$')
                    expanded.Add(octet);
                if (following != 0)
                    expanded.Add(following);
                at++;
            }
            else if (octet != (byte)'$')
            {
                expanded.Add(octet);
            }
            else if (following == (byte)'$')
            {
                expanded.Add((byte)'$');
                at++;
            }
            else if (following == (byte)'{')
            {
                int end = Array.IndexOf(template, (byte)'}', at);
                if (end < 0 || !TryFormat(Encoding.ASCII.GetString(template, at + 2, end - at - 2), value, out string text))
                {
                    error = "bad modifier; write ${offset}, ${offset,width} or ${offset,width,base} with base d, o, x, X, n or N";
                    return false;
                }

                expanded.AddRange(Encoding.ASCII.GetBytes(text));
                at = end;
            }
            else
            {
                expanded.AddRange(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return true;
    }

    private static bool TryFormat(string modifier, long value, out string text)
    {
        text = "";
        string[] parts = modifier.Split(',');
        int width = 0;
        if (parts.Length > 3
            || !int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int offset)
            || (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out width))
            || width > 255
            || value + offset < 0)
        {
            return false;
        }

        long number = value + offset;
        string numberBase = parts.Length > 2 ? parts[2] : "d";
        switch (numberBase)
        {
            case "d":
                text = number.ToString("D" + width.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
                return true;
            case "o":
                text = Convert.ToString(number, 8).PadLeft(width, '0');
                return true;
            case "x" or "X":
                text = number.ToString(numberBase, CultureInfo.InvariantCulture).PadLeft(width, '0');
                return true;
            case "n" or "N":
                text = Nibbles(number, width, isUpper: numberBase == "N");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Hexadecimal digits from the last to the first with dots between, as ip6.arpa wants them; the width counts the dots.</summary>
    private static string Nibbles(long value, int width, bool isUpper)
    {
        string digits = isUpper ? "0123456789ABCDEF" : "0123456789abcdef";
        StringBuilder text = new();
        do
        {
            text.Append(digits[(int)(value & 0xF)]);
            value >>= 4;
            width--;
            if (width > 0 || value != 0)
            {
                text.Append('.');
                width--;
            }
        }
        while (value != 0 || width > 0);
        return text.ToString();
    }
}
