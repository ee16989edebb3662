namespace ActorDns.Host.Control;

/// <summary>Why a message of the control channel is not obeyed.</summary>
internal enum ControlFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The octets end before a length that was promised.</summary>
    UnexpectedEnd,

    /// <summary>A value of a type that is not known, or a table that is missing.</summary>
    Syntax,

    /// <summary>The version is not 1.</summary>
    UnknownVersion,

    /// <summary>Tables within tables beyond <see cref="ControlReader.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>No key verifies, or the nonce is not the one of this connection.</summary>
    BadAuth,

    /// <summary>The sender's clock and ours differ too much.</summary>
    ClockSkew,

    /// <summary>The sender's own time of expiry is over.</summary>
    Expired,

    /// <summary>The same request was seen before.</summary>
    Duplicate,
}
