using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Messages;

/// <summary>Where the parts of one received message lie. Offsets count from the message's first octet; -1 means absent.</summary>
public struct MessageLayout
{
    /// <summary>Octets of the question's name; it starts at offset 12 and cannot be compressed. 0 when there is no question.</summary>
    public int QuestionNameLength { get; internal set; }

    /// <summary>QTYPE, or ZTYPE of an update.</summary>
    public RecordType QuestionType { get; internal set; }

    /// <summary>QCLASS, or ZCLASS of an update.</summary>
    public RecordClass QuestionClass { get; internal set; }

    /// <summary>Number of questions, 0 or 1 in a message that was scanned without error.</summary>
    public int QuestionCount { get; internal set; }

    /// <summary>First octet after the question section.</summary>
    public int AnswerOffset { get; internal set; }

    /// <summary>First octet of the authority section.</summary>
    public int AuthorityOffset { get; internal set; }

    /// <summary>First octet of the additional section.</summary>
    public int AdditionalOffset { get; internal set; }

    /// <summary>Owner name of the OPT record (RFC 6891 §6.1.1).</summary>
    public int OptOffset { get; internal set; }

    /// <summary>Owner name of the TSIG record (RFC 8945 §5.1).</summary>
    public int TsigOffset { get; internal set; }

    /// <summary>True when at least one question was read whole, so that a reply can repeat it.</summary>
    public readonly bool HasQuestion => QuestionNameLength > 0;

    /// <summary>The question's name within <paramref name="message"/>, in uncompressed wire form.</summary>
    public readonly ReadOnlySpan<byte> QuestionName(ReadOnlySpan<byte> message) =>
        message.Slice(MessageHeader.Bytes, QuestionNameLength);
}
