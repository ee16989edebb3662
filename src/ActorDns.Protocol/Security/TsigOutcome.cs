namespace ActorDns.Protocol.Security;

/// <summary>What a server finds when it checks a request's TSIG (RFC 8945 §5.2), in the order of the checks.</summary>
public enum TsigOutcome
{
    /// <summary>The request carries no TSIG; its answer carries none either.</summary>
    Unsigned,

    /// <summary>Every check passed.</summary>
    Verified,

    /// <summary>
    /// TSIG doubled, misplaced, malformed, or with a MAC size that cannot be (RFC 8945 §5.2, §5.2.2.1): FORMERR.
    /// </summary>
    FormErr,

    /// <summary>Unknown key, or another algorithm than the key's (RFC 8945 §5.2.1).</summary>
    BadKey,

    /// <summary>The MAC is wrong (RFC 8945 §5.2.2).</summary>
    BadSig,

    /// <summary>The MAC is right and the time outside the fudge (RFC 8945 §5.2.3).</summary>
    BadTime,

    /// <summary>Everything is right, but the MAC shorter than policy asks for (RFC 8945 §5.2.4).</summary>
    BadTrunc,
}
