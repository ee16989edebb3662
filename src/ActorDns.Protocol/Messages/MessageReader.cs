using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Messages;

/// <summary>
/// Reads a message from front to back. Every method either succeeds and moves <see cref="Position"/>, or returns an error and
/// moves nothing. No octets from a network cause an exception.
/// </summary>
public ref struct MessageReader(ReadOnlySpan<byte> message)
{
    /// <summary>The whole message, its header included; compression pointers count from its start.</summary>
    public ReadOnlySpan<byte> Message { get; } = message;

    /// <summary>Offset of the next octet to read.</summary>
    public int Position { get; private set; }

    /// <summary>Octets not read yet.</summary>
    public readonly int Remaining => Message.Length - Position;

    /// <summary>Moves to <paramref name="position"/>, which an earlier read has shown to lie in the message.</summary>
    public void Seek(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)position, (uint)Message.Length);
        Position = position;
    }

    /// <summary>Reads one octet.</summary>
    public ParseError TryReadByte(out byte value)
    {
        if (Remaining < 1)
        {
            value = 0;
            return ParseError.ShortInput;
        }

        value = Message[Position++];
        return ParseError.None;
    }

    /// <summary>Reads 16 bits, network order.</summary>
    public ParseError TryReadUInt16(out ushort value)
    {
        if (Remaining < 2)
        {
            value = 0;
            return ParseError.ShortInput;
        }

        value = BinaryPrimitives.ReadUInt16BigEndian(Message[Position..]);
        Position += 2;
        return ParseError.None;
    }

    /// <summary>Reads 32 bits, network order.</summary>
    public ParseError TryReadUInt32(out uint value)
    {
        if (Remaining < 4)
        {
            value = 0;
            return ParseError.ShortInput;
        }

        value = BinaryPrimitives.ReadUInt32BigEndian(Message[Position..]);
        Position += 4;
        return ParseError.None;
    }

    /// <summary>Takes <paramref name="count"/> octets as a view into the message.</summary>
    public ParseError TryReadBytes(int count, out ReadOnlySpan<byte> value)
    {
        if ((uint)count > (uint)Remaining)
        {
            value = default;
            return ParseError.ShortInput;
        }

        value = Message.Slice(Position, count);
        Position += count;
        return ParseError.None;
    }

    /// <summary>
    /// Reads a name, following compression, into <paramref name="destination"/> (<see cref="WireName.MaxBytes"/> octets). Each
    /// pointer must lead to a place before the one that the run of labels it ends began at (RFC 1035 §4.1.4, RFC 9267 §2), so
    /// that no loop can exist.
    /// </summary>
    public ParseError TryReadName(scoped Span<byte> destination, out int length)
    {
        length = 0;
        ReadOnlySpan<byte> message = Message;
        int at = Position;
        int runStart = at;
        int end = -1;
        int written = 0;
        while (true)
        {
            if ((uint)at >= (uint)message.Length)
                return ParseError.ShortInput;
            int octet = message[at];
            if (octet <= WireName.MaxLabelBytes)
            {
                int next = at + 1 + octet;
                if (next > message.Length)
                    return ParseError.ShortInput;
                if (written + 1 + octet > WireName.MaxBytes)
                    return ParseError.NameTooLong;
                message[at..next].CopyTo(destination[written..]);
                written += octet + 1;
                at = next;
                if (octet != 0)
                    continue;
                Position = end < 0 ? at : end;
                length = written;
                return ParseError.None;
            }

            if (octet < 0xC0)
                return ParseError.BadLabel;
            if (at + 1 >= message.Length)
                return ParseError.ShortInput;
            int target = ((octet & 0x3F) << 8) | message[at + 1];
            if (target >= runStart || target < MessageHeader.Bytes)
                return ParseError.BadPointer;
            if (end < 0)
                end = at + 2;
            at = runStart = target;
        }
    }

    /// <summary>Steps over a name without following its pointer.</summary>
    public ParseError TrySkipName()
    {
        int at = Position;
        while (true)
        {
            if ((uint)at >= (uint)Message.Length)
                return ParseError.ShortInput;
            int octet = Message[at];
            if (octet >= 0xC0)
            {
                if (at + 2 > Message.Length)
                    return ParseError.ShortInput;
                Position = at + 2;
                return ParseError.None;
            }

            if (octet > WireName.MaxLabelBytes)
                return ParseError.BadLabel;
            at += octet + 1;
            if (octet != 0)
                continue;
            Position = at;
            return ParseError.None;
        }
    }

    /// <summary>Reads a record's fixed part after its owner name and takes its RDATA as a view (still compressed).</summary>
    public ParseError TryReadRecordTail(out RecordTail tail)
    {
        tail = default;
        if (Remaining < 10)
            return ParseError.ShortInput;
        ReadOnlySpan<byte> fixedPart = Message.Slice(Position, 10);
        int rdataLength = BinaryPrimitives.ReadUInt16BigEndian(fixedPart[8..]);
        if (Remaining - 10 < rdataLength)
            return ParseError.ShortInput;
        tail = new RecordTail(
            new RecordType(BinaryPrimitives.ReadUInt16BigEndian(fixedPart)),
            new RecordClass(BinaryPrimitives.ReadUInt16BigEndian(fixedPart[2..])),
            BinaryPrimitives.ReadUInt32BigEndian(fixedPart[4..]),
            Position + 10,
            rdataLength);
        Position += 10 + rdataLength;
        return ParseError.None;
    }
}
