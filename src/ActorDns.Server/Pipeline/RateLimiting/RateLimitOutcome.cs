namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>What becomes of a response that is ready to be sent.</summary>
public enum RateLimitOutcome
{
    /// <summary>It is sent.</summary>
    Send,

    /// <summary>It is dropped without a word.</summary>
    Drop,

    /// <summary>An empty answer with TC goes out instead, so that a real client can come back by TCP.</summary>
    Slip,
}
