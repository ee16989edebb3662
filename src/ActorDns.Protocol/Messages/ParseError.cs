namespace ActorDns.Protocol.Messages;

/// <summary>Why bytes could not be read. Says what is wrong with the input; what the client is told is an <c>Rcode</c>.</summary>
public enum ParseError
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The message ends inside a field.</summary>
    ShortInput,

    /// <summary>A label is longer than 63 octets or uses a reserved label type (RFC 1035 §4.1.4, RFC 6891 §5).</summary>
    BadLabel,

    /// <summary>A name is longer than 255 octets (RFC 1035 §2.3.4).</summary>
    NameTooLong,

    /// <summary>A compression pointer does not point to an earlier place (RFC 9267 §2).</summary>
    BadPointer,

    /// <summary>The count of questions does not fit the opcode (RFC 9619 §4).</summary>
    BadQuestionCount,

    /// <summary>A record stands in a section, or at a place, where it must not (OPT: RFC 6891 §6.1.1, TSIG: RFC 8945 §5.1).</summary>
    MisplacedRecord,

    /// <summary>RDATA does not have the form of its type.</summary>
    BadRdata,

    /// <summary>Octets follow the last record.</summary>
    TrailingBytes,
}
