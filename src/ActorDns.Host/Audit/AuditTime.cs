using System.Globalization;

namespace ActorDns.Host.Audit;

/// <summary>Times of the audit commands, all in UTC.</summary>
internal static class AuditTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-dd HH:mm:ssZ", "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ",
    ];

    /// <summary>What <see cref="TryParse"/> takes, for messages.</summary>
    public const string Forms = "30s, 45m, 12h, 30d, 4w, or a UTC time such as 2026-11-20 or 2026-11-20T09:14:03Z";

    /// <summary>A time as it is shown.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time as machines get it, to the microsecond.</summary>
    public static string Json(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time, or how long ago it is.</summary>
    public static bool TryParse(string text, DateTimeOffset now, out DateTimeOffset time)
    {
        if (text.Length > 1
            && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && SecondsOf(text[^1]) is var seconds and > 0)
        {
            bool isInRange = count <= (now - DateTimeOffset.UnixEpoch).TotalSeconds / seconds;
            time = isInRange ? now.AddSeconds(-count * seconds) : DateTimeOffset.UnixEpoch;
            return true;
        }

        return DateTimeOffset.TryParseExact(
            text,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time);
    }

    private static long SecondsOf(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => 0,
    };
}
