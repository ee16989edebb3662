namespace ActorDns.Protocol.Security;

/// <summary>What a client finds when it checks the answer to a signed request (RFC 8945 §5.4).</summary>
public enum TsigReplyOutcome
{
    /// <summary>The answer is genuine.</summary>
    Verified,

    /// <summary>
    /// An unsigned message within a stream; trusted only once a later one verifies (RFC 8945 §5.3.1).
    /// </summary>
    Intermediate,

    /// <summary>No MAC where one is due: not an answer, perhaps forged; wait on.</summary>
    Unsigned,

    /// <summary>The message or its TSIG record is malformed; wait on.</summary>
    Malformed,

    /// <summary>Signed with another key or algorithm than the request; wait on.</summary>
    WrongKey,

    /// <summary>The MAC is wrong; wait on.</summary>
    BadSignature,

    /// <summary>Signed at a time outside the fudge; wait on.</summary>
    BadTime,

    /// <summary>The MAC is genuine, but shorter than the key's policy asks for.</summary>
    BelowMinimum,

    /// <summary>A stream went on for more than 99 messages without a TSIG (RFC 8945 §5.3.1).</summary>
    TooManyUnsigned,

    /// <summary>The peer does not know the key. Unsigned and so only a hint (RFC 8945 §5.2.1, §5.4).</summary>
    PeerSaysBadKey,

    /// <summary>The peer could not verify our MAC. Unsigned and so only a hint (RFC 8945 §5.4.2).</summary>
    PeerSaysBadSig,

    /// <summary>The clocks differ too much; verified, and the peer's time is known (RFC 8945 §5.4.3).</summary>
    PeerSaysBadTime,

    /// <summary>The peer wants a longer MAC; verified (RFC 8945 §5.4.4).</summary>
    PeerSaysBadTrunc,
}
