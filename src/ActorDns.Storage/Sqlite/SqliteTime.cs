using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;

namespace ActorDns.Storage.Sqlite;

/// <summary>
/// Times as they stand in the tables: UTC text to the microsecond, <c>2026-01-31T09:14:03.123456Z</c>, which sorts as it reads.
/// </summary>
internal static class SqliteTime
{
    /// <summary>Octets of a time.</summary>
    public const int TextBytes = 27;

    private const string Format = "yyyy-MM-ddTHH:mm:ss.ffffffZ";
    private const int RoundTripBytes = TextBytes + 1; // It has one digit more.

    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Writes <see cref="TextBytes"/> octets.</summary>
    public static void Write(DateTimeOffset time, Span<byte> to)
    {
        Span<byte> text = stackalloc byte[RoundTripBytes];
        bool isWritten = Utf8Formatter.TryFormat(time.UtcDateTime, text, out int length, 'O');
        Debug.Assert(isWritten && length == RoundTripBytes);
        text[..(TextBytes - 1)].CopyTo(to);
        to[TextBytes - 1] = (byte)'Z';
    }

    public static bool TryParse(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
