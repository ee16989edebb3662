using System.Globalization;

namespace ActorDns.Actors.Keys;

/// <summary>Lengths of time in the words that people use of keys.</summary>
public static class KeyTime
{
    /// <summary>The time in its largest fitting unit, <c>7d</c> or <c>90min</c>.</summary>
    public static string Words(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#}d"),
        { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#}h"),
        { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0}min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0}s"),
    };

    /// <summary>A moment as operators write it, in UTC.</summary>
    public static string Words(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads <c>365d</c>, <c>12h</c>, <c>30min</c> or <c>30m</c>, <c>90s</c>, weeks as <c>2w</c>; a number alone has days.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = default;
        string digits = text.TrimEnd("abcdefghijklmnopqrstuvwxyz".ToCharArray());
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number > 36_500L * 86_400)
            return false;
        long? seconds = text[digits.Length..] switch
        {
            "s" => number,
            "m" or "min" => number * 60,
            "h" => number * 3_600,
            "d" or "" => number * 86_400,
            "w" => number * 7 * 86_400,
            _ => null,
        };
        if (seconds is null or > 36_500L * 86_400)
            return false;
        time = TimeSpan.FromSeconds(seconds.Value);
        return true;
    }
}
