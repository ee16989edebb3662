using ActorDns.Configuration.Model;

namespace ActorDns.Host.Logging;

/// <summary>What the command line and the surroundings say about logging, as far as named.conf cannot.</summary>
public sealed record LogSettings
{
    /// <summary>Everything goes to standard error, whatever named.conf says (<c>-g</c>).</summary>
    public bool IsStandardErrorOnly { get; init; }

    /// <summary>The file that takes what no channel is named for (<c>-L</c>).</summary>
    public string? LogFile { get; init; }

    /// <summary>True when standard error is the default destination instead of the system log.</summary>
    public bool PrefersStandardError { get; init; }

    /// <summary>Under which name the system log shows us.</summary>
    public string Ident { get; init; } = "actordns";

    /// <summary>The system log's socket.</summary>
    public string SyslogSocket { get; init; } = "/dev/log";

    /// <summary>Where relative file names start.</summary>
    public string Directory { get; init; } = "";

    /// <summary>True when standard error is systemd's journal, which reads a priority before each line.</summary>
    public bool IsJournal { get; init; }

    /// <summary>The <c>logging</c> block; null for the defaults.</summary>
    public LoggingConfiguration? Configuration { get; init; }
}
