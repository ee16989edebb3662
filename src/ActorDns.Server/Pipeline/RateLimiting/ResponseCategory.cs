namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>Kind of a response as rate limiting tells them apart; each has its own limit.</summary>
public enum ResponseCategory
{
    /// <summary>NOERROR with an answer, positive.</summary>
    Answer,

    /// <summary>A referral to a child zone.</summary>
    Referral,

    /// <summary>NOERROR without an answer.</summary>
    NoData,

    /// <summary>NXDOMAIN.</summary>
    NxDomain,

    /// <summary>Any other rcode.</summary>
    Error,

    /// <summary>All responses to one client network together.</summary>
    All,

    /// <summary>No limit of its own: remembers that a client network has used TCP.</summary>
    Stream,
}
