namespace ActorDns.Protocol.Edns;

/// <summary>What the COOKIE option of a request is worth (RFC 7873 §5.2).</summary>
public enum CookieStatus
{
    /// <summary>There is no COOKIE option (RFC 7873 §5.2.1).</summary>
    None,

    /// <summary>The length fits neither form; the answer is FORMERR (RFC 7873 §5.2.2).</summary>
    Malformed,

    /// <summary>Only a client cookie (RFC 7873 §5.2.3).</summary>
    ClientOnly,

    /// <summary>The server cookie is not ours, or its time is out of the window (RFC 7873 §5.2.4).</summary>
    Bad,

    /// <summary>The server cookie is ours and can be sent back as it is (RFC 7873 §5.2.5).</summary>
    Good,

    /// <summary>The server cookie is ours, but half an hour old or made with a former secret: the reply carries a new one.</summary>
    GoodRenew,
}
