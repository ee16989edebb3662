using System.Globalization;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Configuration;

namespace ActorDns.Host.Wiring;

/// <summary>Reads how much of the journal is kept for audits, <c>Retention</c> of <c>actordns.json</c>.</summary>
internal static class RetentionSettings
{
    /// <summary>What is known, with what holds it.</summary>
    public static readonly string[] Known = ["Retention", "Retention:MaxAge", "Retention:MaxEntries", "Retention:MaxBytes"];

    /// <summary>The policy; a value that makes no sense is as if it were not there and is named in <paramref name="wrong"/>.</summary>
    public static RetentionPolicy Read(IConfiguration settings, List<string> wrong)
    {
        return new RetentionPolicy
        {
            MaxAge = Age("Retention:MaxAge"),
            MaxEntries = Count("Retention:MaxEntries"),
            MaxBytes = Count("Retention:MaxBytes"),
        };

        long? Count(string key)
        {
            if (settings[key] is not { } text)
                return null;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
                return count;
            wrong.Add($"{key} '{text}' is no number");
            return null;
        }

        TimeSpan? Age(string key)
        {
            if (settings[key] is not { } text)
                return null;
            bool isCount = ushort.TryParse(
                text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out ushort count);
            TimeSpan? age = isCount ? text[^1] switch
            {
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'w' => TimeSpan.FromDays(7 * count),
                _ => null,
            } : null;
            if (age is null)
                wrong.Add($"{key} '{text}' is no time such as 12h, 90d or 52w");
            return age;
        }
    }

    /// <summary>The bounds of the node, and the zone's own <c>max-journal-size</c> where that is smaller.</summary>
    public static RetentionPolicy For(RetentionPolicy node, long? maxJournalSizeBytes) => node with
    {
        MaxBytes = (node.MaxBytes, maxJournalSizeBytes) is ({ } ofNode, { } ofZone)
            ? Math.Min(ofNode, ofZone)
            : node.MaxBytes ?? maxJournalSizeBytes,
    };
}
