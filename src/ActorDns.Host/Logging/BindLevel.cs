using System.Globalization;
using ActorDns.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Logging;

/// <summary>
/// How grave a line is, on the scale of named.conf: negative numbers are the named severities, graver is smaller; a positive
/// number is a debug level.
/// </summary>
/// <param name="Value">The place on the scale.</param>
public readonly record struct BindLevel(int Value)
{
    /// <summary>A failure the server does not survive.</summary>
    public static readonly BindLevel Critical = new(-5);

    /// <summary>A failure.</summary>
    public static readonly BindLevel Error = new(-4);

    /// <summary>Something to mend.</summary>
    public static readonly BindLevel Warning = new(-3);

    /// <summary>An event worth a look.</summary>
    public static readonly BindLevel Notice = new(-2);

    /// <summary>An ordinary event.</summary>
    public static readonly BindLevel Info = new(-1);

    private const string DebugPrefix = "debug.";

    /// <summary>Debugging of a level, at least one.</summary>
    public static BindLevel Debug(int level) => new(Math.Max(1, level));

    /// <summary>
    /// The level of an event. .NET has no word for <c>notice</c> and for numbered debugging, so the event's name may say it: an
    /// <c>EventName</c> that begins with <c>notice</c> or <c>debug.N</c> goes before the level; otherwise Debug is 1 and Trace 3.
    /// </summary>
    public static BindLevel Of(LogLevel level, string? eventName)
    {
        if (eventName is not null && level <= LogLevel.Information)
        {
            if (eventName.StartsWith("notice", StringComparison.Ordinal))
                return Notice;
            if (eventName.StartsWith(DebugPrefix, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> digits = eventName.AsSpan(DebugPrefix.Length);
                int end = digits.IndexOfAnyExceptInRange('0', '9');
                if (int.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                    return Debug(number);
            }
        }

        return level switch
        {
            LogLevel.Trace => Debug(3),
            LogLevel.Debug => Debug(1),
            LogLevel.Warning => Warning,
            LogLevel.Error => Error,
            LogLevel.Critical => Critical,
            _ => Info,
        };
    }

    /// <summary>The least severity that a channel takes.</summary>
    public static BindLevel Of(LogSeverity severity, int debugLevel) => severity switch
    {
        LogSeverity.Critical => Critical,
        LogSeverity.Error => Error,
        LogSeverity.Warning => Warning,
        LogSeverity.Notice => Notice,
        LogSeverity.Debug or LogSeverity.Dynamic => debugLevel > 0 ? Debug(debugLevel) : Info,
        _ => Info,
    };

    /// <summary>The number of a syslog message (RFC 3164 §4.1.1), 2 for critical to 7 for debugging.</summary>
    public int SyslogSeverity => Value switch
    {
        >= 0 => 7,
        -1 => 6,
        -2 => 5,
        -3 => 4,
        -4 => 3,
        _ => 2,
    };

    /// <summary>The word that a line shows.</summary>
    public override string ToString() => Value switch
    {
        > 0 => string.Create(CultureInfo.InvariantCulture, $"debug {Value}"),
        -1 or 0 => "info",
        -2 => "notice",
        -3 => "warning",
        -4 => "error",
        _ => "critical",
    };
}
