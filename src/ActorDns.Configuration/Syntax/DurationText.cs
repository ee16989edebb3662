using System.Globalization;
using System.Text;

namespace ActorDns.Configuration.Syntax;

/// <summary>Durations: plain seconds, TTL style (<c>1h30m</c>) and ISO 8601 (<c>P1DT1H</c>).</summary>
internal static class DurationText
{
    private static readonly (char Unit, uint Seconds)[] TtlUnits =
        [('w', 604_800), ('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

    private static readonly (char Unit, bool IsTime, uint Seconds)[] IsoUnits =
    [
        ('Y', false, 31_536_000), ('M', false, 2_678_400), ('W', false, 604_800), ('D', false, 86_400),
        ('H', true, 3_600), ('M', true, 60), ('S', true, 1),
    ];

    /// <summary>Reads a duration; the canonical form is ISO 8601 when it was written so, and seconds otherwise.</summary>
    public static bool TryParse(string text, out uint seconds, out string canonical)
    {
        bool isIso = text.StartsWith('P') || text.StartsWith('p');
        bool read = isIso ? TryParseIso(text, out ulong total, out canonical) : TryParseTtl(text, out total, out canonical);
        seconds = (uint)Math.Min(total, uint.MaxValue);
        return read && (isIso || total <= uint.MaxValue);
    }

    private static bool TryParseTtl(string text, out ulong total, out string canonical)
    {
        total = 0;
        canonical = "";
        int at = 0;
        while (at < text.Length)
        {
            if (!TryReadNumber(text, ref at, out uint number))
                return false;
            uint scale = 1;
            if (at < text.Length)
            {
                char unit = char.ToLowerInvariant(text[at++]);
                scale = TtlUnits.FirstOrDefault(u => u.Unit == unit).Seconds;
                if (scale == 0)
                    return false;
            }

            total += (ulong)number * scale;
        }

        canonical = total.ToString(CultureInfo.InvariantCulture);
        return text.Length > 0;
    }

    private static bool TryParseIso(string text, out ulong total, out string canonical)
    {
        total = 0;
        canonical = "";
        StringBuilder printed = new("P");
        bool isTime = false;
        int lastUnit = -1;
        int at = 1;
        while (at < text.Length)
        {
            if (!isTime && text[at] is 'T' or 't')
            {
                isTime = true;
                printed.Append('T');
                at++;
                continue;
            }

            if (!TryReadNumber(text, ref at, out uint number) || at >= text.Length)
                return false;
            char unit = char.ToUpperInvariant(text[at++]);
            int index = Array.FindIndex(IsoUnits, u => u.Unit == unit && u.IsTime == isTime);
            if (index <= lastUnit)
                return false;
            lastUnit = index;
            total += (ulong)number * IsoUnits[index].Seconds;
            printed.Append(CultureInfo.InvariantCulture, $"{number}{unit}");
        }

        canonical = printed.ToString();
        return lastUnit >= 0;
    }

    private static bool TryReadNumber(string text, ref int at, out uint number)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return uint.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
