using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A log channel.</summary>
public sealed record LogChannel(string Name, LogDestination Destination, SourcePosition Position)
{
    /// <summary>The file, when the channel writes to one.</summary>
    public string? FilePath { get; init; }

    /// <summary>Old files kept; null for <c>unlimited</c>, zero when none was asked for.</summary>
    public int? Versions { get; init; } = 0;

    /// <summary>Octets after which the file is full; null for no bound.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>How old files are named.</summary>
    public LogSuffix Suffix { get; init; }

    /// <summary>The facility, when the channel writes to the system log.</summary>
    public string SyslogFacility { get; init; } = "daemon";

    /// <summary>The least severity taken.</summary>
    public LogSeverity Severity { get; init; } = LogSeverity.Info;

    /// <summary>The debug level with <see cref="LogSeverity.Debug"/>.</summary>
    public int DebugLevel { get; init; } = 1;

    /// <summary>How the time is shown.</summary>
    public LogTimeFormat PrintTime { get; init; }

    /// <summary>True when lines show their category.</summary>
    public bool PrintCategory { get; init; }

    /// <summary>True when lines show their severity.</summary>
    public bool PrintSeverity { get; init; }

    /// <summary>True when lines need not reach the file at once.</summary>
    public bool Buffered { get; init; }
}
