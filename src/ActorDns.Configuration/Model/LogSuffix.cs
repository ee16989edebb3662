namespace ActorDns.Configuration.Model;

/// <summary>How old log files are named.</summary>
public enum LogSuffix
{
    /// <summary>By a number.</summary>
    Increment,

    /// <summary>By the time.</summary>
    Timestamp,
}
