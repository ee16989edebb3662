namespace ActorDns.Configuration.Model;

/// <summary>How a log line shows the time.</summary>
public enum LogTimeFormat
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>In the form of BIND.</summary>
    Local,

    /// <summary>ISO 8601 in local time.</summary>
    Iso8601,

    /// <summary>ISO 8601 in UTC.</summary>
    Iso8601Utc,
}
