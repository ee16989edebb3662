namespace ActorDns.Configuration.Model;

/// <summary>Where a log channel writes.</summary>
public enum LogDestination
{
    /// <summary>A file.</summary>
    File,

    /// <summary>The system log.</summary>
    Syslog,

    /// <summary>Standard error.</summary>
    StandardError,

    /// <summary>Nowhere.</summary>
    Null,
}
