namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>What the log is told about an account.</summary>
public enum RateLimitEventKind
{
    /// <summary>Responses have begun to be limited.</summary>
    Started,

    /// <summary>They are limited still, half an hour after the log was last told.</summary>
    Continued,

    /// <summary>They are not limited any more.</summary>
    Stopped,

    /// <summary>The account was forgotten while it was limited, because the table was full.</summary>
    Forgotten,
}
