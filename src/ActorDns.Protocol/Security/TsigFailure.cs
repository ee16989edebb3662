namespace ActorDns.Protocol.Security;

/// <summary>
/// Why a TSIG did not verify, finer than the error number that the peer is told; <see cref="TsigText"/> has the words.
/// </summary>
public enum TsigFailure
{
    /// <summary>Nothing failed.</summary>
    None,

    /// <summary>The record or its place in the message is malformed.</summary>
    Malformed,

    /// <summary>The MAC's size is one that RFC 8945 §5.2.2.1 forbids.</summary>
    ForbiddenMacSize,

    /// <summary>No key has that name.</summary>
    UnknownKey,

    /// <summary>The key exists, with another algorithm.</summary>
    AlgorithmMismatch,

    /// <summary>The MAC is not the one computed.</summary>
    WrongSignature,

    /// <summary>Signed longer ago than the fudge allows.</summary>
    Expired,

    /// <summary>Signed further in the future than the fudge allows.</summary>
    InFuture,

    /// <summary>The MAC is shorter than the key's policy allows.</summary>
    BelowMinimum,
}
