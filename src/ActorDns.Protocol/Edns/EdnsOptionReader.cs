using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Edns;

/// <summary>Walks the options of an OPT record in the order sent (RFC 6891 §6.1.2).</summary>
/// <param name="message">The whole message.</param>
/// <param name="rdataOffset">Where the OPT record's RDATA starts.</param>
/// <param name="rdataLength">Octets of that RDATA.</param>
public ref struct EdnsOptionReader(ReadOnlySpan<byte> message, int rdataOffset, int rdataLength)
{
    private const int HeadBytes = 4;
    private readonly ReadOnlySpan<byte> _message = message;
    private readonly int _end = rdataOffset + rdataLength;
    private int _at = rdataOffset;

    /// <summary>True when all options have been read.</summary>
    public readonly bool IsAtEnd => _at == _end;

    /// <summary>Reads the next option; an error when it does not fit into the record.</summary>
    public ParseError TryRead(out EdnsOption option)
    {
        option = default;
        if (_end - _at < HeadBytes)
            return ParseError.BadRdata;
        int length = BinaryPrimitives.ReadUInt16BigEndian(_message[(_at + 2)..]);
        if (_end - _at - HeadBytes < length)
            return ParseError.BadRdata;
        option = new EdnsOption(
            new EdnsOptionCode(BinaryPrimitives.ReadUInt16BigEndian(_message[_at..])), _at + HeadBytes, length);
        _at += HeadBytes + length;
        return ParseError.None;
    }
}
