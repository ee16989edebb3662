using System.Globalization;
using System.Text;
using ActorDns.Configuration.Model;

namespace ActorDns.Host.Logging;

/// <summary>
/// Lays a line out as BIND does: time, category, severity, text, each as far as the channel asks for it. Operators' filters read these.
/// </summary>
internal sealed class LogLineFormat(LogTimeFormat time, bool hasCategory, bool hasSeverity, TimeZoneInfo zone)
{
    /// <summary>The form of a channel.</summary>
    public static LogLineFormat Of(LogChannel channel, TimeZoneInfo zone) =>
        new(channel.PrintTime, channel.PrintCategory, channel.PrintSeverity, zone);

    /// <summary>Appends the line without its end.</summary>
    public void Append(StringBuilder text, in LogLine line)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        DateTimeOffset local = TimeZoneInfo.ConvertTime(line.Time, zone);
        _ = time switch
        {
            LogTimeFormat.Local => text.Append(culture, $"{local:dd-MMM-yyyy HH:mm:ss.fff} "),
            LogTimeFormat.Iso8601 => text.Append(culture, $"{local:yyyy-MM-ddTHH:mm:ss.fff} "),
            LogTimeFormat.Iso8601Utc => text.Append(culture, $"{line.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}Z "),
            _ => text,
        };
        if (hasCategory)
            text.Append(line.Category).Append(": ");
        if (hasSeverity)
            text.Append(line.Level.ToString()).Append(": ");
        AppendPrintable(text, line.Message);
    }

    /// <summary>A line stays one line: control characters are shown as three octal digits, so that nobody can forge a second one.</summary>
    private static void AppendPrintable(StringBuilder text, string message)
    {
        if (!message.AsSpan().ContainsAnyInRange('\0', '\x1f') && !message.Contains('\x7f', StringComparison.Ordinal))
        {
            text.Append(message);
            return;
        }

        foreach (char character in message)
        {
            if (character is < ' ' or '\x7f')
                text.Append('\\').Append(Convert.ToString(character, 8).PadLeft(3, '0'));
            else
                text.Append(character);
        }
    }
}
