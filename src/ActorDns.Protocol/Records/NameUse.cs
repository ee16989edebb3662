namespace ActorDns.Protocol.Records;

/// <summary>What may be, or has to be, done with a name in RDATA.</summary>
[Flags]
internal enum NameUse
{
    /// <summary>Nothing: neither compressed nor folded, as in every type made after RFC 3597.</summary>
    Verbatim = 0,

    /// <summary>May be compressed when sent (RFC 3597 §4: the types of RFC 1035).</summary>
    Sent = 1,

    /// <summary>A compression pointer is accepted (RFC 3597 §4: those, and the types it lists).</summary>
    Received = 2,

    /// <summary>In lower case in canonical form (RFC 4034 §6.2, RFC 6840 §5.1).</summary>
    Folded = 4,

    /// <summary>Its addresses belong in the additional section.</summary>
    Additional = 8,

    /// <summary>A name in a type of RFC 1035.</summary>
    WellKnown = Sent | Received | Folded,

    /// <summary>A name in a type between RFC 1035 and RFC 3597, which early software compressed.</summary>
    Early = Received | Folded,
}
