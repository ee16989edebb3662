using System.Globalization;
using System.Text;

namespace ActorDns.Protocol.Text;

/// <summary>
/// Signature times of RRSIG and SIG (RFC 4034 §3.2): <c>YYYYMMDDHHmmSS</c> in UTC, or seconds since 1970. The 32 bits are read
/// as the years 1970 to 2106, the wrap-around of RFC 1982 arithmetic is left to whoever compares them.
/// </summary>
public static class SignatureTimeText
{
    private const int CalendarDigits = 14;

    /// <summary>Reads either form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out uint unixSeconds)
    {
        if (text.Length != CalendarDigits)
            return DecimalText.TryParse(text, uint.MaxValue, out unixSeconds);
        unixSeconds = 0;
        if (!DecimalText.TryParse(text[..4], 9999, out uint year) || year is < 1970 or > 2106
            || !DecimalText.TryParse(text[4..6], 12, out uint month) || month == 0
            || !DecimalText.TryParse(text[6..8], (uint)DateTime.DaysInMonth((int)year, (int)month), out uint day) || day == 0
            || !DecimalText.TryParse(text[8..10], 23, out uint hour)
            || !DecimalText.TryParse(text[10..12], 59, out uint minute)
            || !DecimalText.TryParse(text[12..14], 60, out uint second))
        {
            return false;
        }

        DateTime day0 = new((int)year, (int)month, (int)day, 0, 0, 0, DateTimeKind.Utc);
        long seconds = ((day0.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond)
            + (hour * 3_600) + (minute * 60) + second;
        if (seconds > uint.MaxValue)
            return false;
        unixSeconds = (uint)seconds;
        return true;
    }

    /// <summary>Appends the calendar form.</summary>
    public static void Append(StringBuilder text, uint unixSeconds)
    {
        DateTime time = DateTime.UnixEpoch.AddSeconds(unixSeconds);
        Span<char> digits = stackalloc char[CalendarDigits];
        time.TryFormat(digits, out int length, "yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        text.Append(digits[..length]);
    }
}
