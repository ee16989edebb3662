namespace ActorDns.Protocol.Registries;

/// <summary>INFO-CODE of an extended DNS error (RFC 8914 §4).</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct ExtendedErrorCode(ushort Value)
{
    /// <summary>Other Error (RFC 8914 §4.1).</summary>
    public static readonly ExtendedErrorCode Other = new(0);

    /// <summary>Not Ready (RFC 8914 §4.15).</summary>
    public static readonly ExtendedErrorCode NotReady = new(14);

    /// <summary>Prohibited (RFC 8914 §4.19).</summary>
    public static readonly ExtendedErrorCode Prohibited = new(18);

    /// <summary>Not Authoritative (RFC 8914 §4.21).</summary>
    public static readonly ExtendedErrorCode NotAuthoritative = new(20);

    /// <summary>Not Supported (RFC 8914 §4.22).</summary>
    public static readonly ExtendedErrorCode NotSupported = new(21);

    /// <summary>Invalid Data (RFC 8914 §4.25).</summary>
    public static readonly ExtendedErrorCode InvalidData = new(24);
}
