using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Messages;

/// <summary>
/// Writes a message from front to back into a buffer that it is lent. Each <c>Try</c> method writes its whole item or nothing: on
/// false the position and the compression table are as before. Nothing here allocates.
/// </summary>
public ref struct MessageWriter
{
    private readonly Span<byte> _buffer;
    private readonly CompressionTable _names;
    private int _limit;

    /// <summary>Starts a message at the header's end. The header itself is written by <see cref="SetHeader"/>.</summary>
    /// <param name="buffer">Where to write; at least the 12 octets of a header.</param>
    /// <param name="names">The table of names, which is cleared.</param>
    public MessageWriter(Span<byte> buffer, CompressionTable names)
    {
        Debug.Assert(buffer.Length >= MessageHeader.Bytes);
        _buffer = buffer;
        _names = names;
        _names.Clear();
        _limit = buffer.Length;
        Position = MessageHeader.Bytes;
    }

    /// <summary>Offset of the next octet to write.</summary>
    public int Position { get; private set; }

    /// <summary>Octets that may still be written.</summary>
    public readonly int Room => _limit - Position;

    /// <summary>What has been written so far, the header included.</summary>
    public readonly Span<byte> Written => _buffer[..Position];

    /// <summary>The place to return to with <see cref="Rewind"/>.</summary>
    public readonly (int Position, int Names) Mark => (Position, _names.Mark);

    /// <summary>Moves the end of the room, for instance to keep space for OPT and TSIG.</summary>
    public void SetLimit(int limit)
    {
        Debug.Assert(limit >= Position && limit <= _buffer.Length);
        _limit = limit;
    }

    /// <summary>Forgets everything that was written since <paramref name="mark"/>.</summary>
    public void Rewind((int Position, int Names) mark)
    {
        Position = mark.Position;
        _names.Rewind(mark.Names);
    }

    /// <summary>Writes ID and flags and sets all four counts to zero.</summary>
    public readonly void SetHeader(ushort id, ushort flags)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer, id);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[2..], flags);
        _buffer[4..MessageHeader.Bytes].Clear();
    }

    /// <summary>Adds <paramref name="records"/> to the count of a section (0 question to 3 additional).</summary>
    public readonly void AddToCount(int section, int records) =>
        MessageHeader.SetCount(_buffer, section, (ushort)(MessageHeader.Count(_buffer, section) + records));

    /// <summary>Writes the question, its name as the client wrote it (RFC 4343 §4.1), and counts it.</summary>
    public bool TryWriteQuestion(ReadOnlySpan<byte> name, RecordType type, RecordClass recordClass)
    {
        if (Room < name.Length + 4)
            return false;
        int start = Position;
        name.CopyTo(_buffer[Position..]);
        Position += name.Length;
        WriteUInt16(type.Value);
        WriteUInt16(recordClass.Value);
        AddToCount(0, 1);
        if (name.Length > 1)
            Remember(name, start);
        return true;
    }

    /// <summary>
    /// Writes one record. The owner is compressed, and so are the names in RDATA where the type allows it.
    /// Does not count it: the caller adds whole sets by <see cref="AddToCount"/>.
    /// </summary>
    public bool TryWriteRecord(
        ReadOnlySpan<byte> owner, RecordType type, RecordClass recordClass, uint ttl, ReadOnlySpan<byte> rdata)
    {
        (int Position, int Names) mark = Mark;
        if (TryWriteName(owner) && TryWriteRecordTail(type, recordClass, ttl, rdata))
            return true;
        Rewind(mark);
        return false;
    }

    /// <summary>Writes one record whose owner is a pointer to an earlier place, 12 for the question's name.</summary>
    public bool TryWriteRecordAt(
        int ownerOffset, RecordType type, RecordClass recordClass, uint ttl, ReadOnlySpan<byte> rdata)
    {
        Debug.Assert(ownerOffset is >= MessageHeader.Bytes and < 0x4000); // A pointer has 14 offset bits (RFC 1035 §4.1.4).
        (int Position, int Names) mark = Mark;
        if (Room >= 2)
        {
            WriteUInt16((ushort)(0xC000 | ownerOffset));
            if (TryWriteRecordTail(type, recordClass, ttl, rdata))
                return true;
        }

        Rewind(mark);
        return false;
    }

    /// <summary>Writes a name, pointing to an earlier equal end if there is one.</summary>
    [SkipLocalsInit]
    public bool TryWriteName(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
        {
            if (Room < 1)
                return false;
            _buffer[Position++] = 0;
            return true;
        }

        Span<byte> starts = stackalloc byte[WireName.MaxLabels + 1];
        Span<uint> hashes = stackalloc uint[WireName.MaxLabels + 1];
        int labels = WireName.HashEnds(name, starts, hashes);
        int target = 0;
        int label = 0;
        for (; label < labels; label++)
        {
            target = _names.Find(_buffer, name[starts[label]..], hashes[label]);
            if (target != 0)
                break;
        }

        int literal = label < labels ? starts[label] : name.Length - 1;
        if (Room < literal + (target != 0 ? 2 : 1))
            return false;
        int start = Position;
        name[..literal].CopyTo(_buffer[Position..]);
        Position += literal;
        if (target != 0)
            WriteUInt16((ushort)(0xC000 | target));
        else
            _buffer[Position++] = 0;
        for (int i = 0; i < label; i++)
            _names.Add(start + starts[i], hashes[i]);
        return true;
    }

    /// <summary>Writes octets as they are.</summary>
    public bool TryWriteBytes(ReadOnlySpan<byte> octets)
    {
        if (Room < octets.Length)
            return false;
        octets.CopyTo(_buffer[Position..]);
        Position += octets.Length;
        return true;
    }

    private bool TryWriteRecordTail(RecordType type, RecordClass recordClass, uint ttl, ReadOnlySpan<byte> rdata)
    {
        if (Room < 10)
            return false;
        WriteUInt16(type.Value);
        WriteUInt16(recordClass.Value);
        BinaryPrimitives.WriteUInt32BigEndian(_buffer[Position..], ttl);
        int lengthAt = Position + 4;
        Position += 6;
        if (!TryWriteRdata(type, rdata))
            return false;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[lengthAt..], (ushort)(Position - lengthAt - 2));
        return true;
    }

    private bool TryWriteRdata(RecordType type, ReadOnlySpan<byte> rdata)
    {
        if (type == RecordType.Dname)
            return TryWriteDnameTarget(rdata);
        if (!RdataNames.AreCompressible(type, out int octetsBefore, out int names))
            return TryWriteBytes(rdata);
        if (!TryWriteBytes(rdata[..octetsBefore]))
            return false;
        int at = octetsBefore;
        for (int i = 0; i < names; i++)
        {
            int length = WireName.LengthOf(rdata[at..]);
            if (!TryWriteName(rdata.Slice(at, length)))
                return false;
            at += length;
        }

        return TryWriteBytes(rdata[at..]);
    }

    /// <summary>
    /// Writes the target of a DNAME in full (RFC 6672 §2.5) and remembers it: the CNAME that follows ends in the same labels.
    /// </summary>
    private bool TryWriteDnameTarget(ReadOnlySpan<byte> target)
    {
        int start = Position;
        if (!TryWriteBytes(target))
            return false;
        if (target.Length > 1)
            Remember(target, start);
        return true;
    }

    [SkipLocalsInit]
    private readonly void Remember(ReadOnlySpan<byte> name, int offset)
    {
        Span<byte> starts = stackalloc byte[WireName.MaxLabels + 1];
        Span<uint> hashes = stackalloc uint[WireName.MaxLabels + 1];
        int labels = WireName.HashEnds(name, starts, hashes);
        for (int i = 0; i < labels; i++)
            _names.Add(offset + starts[i], hashes[i]);
    }

    private void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer[Position..], value);
        Position += 2;
    }
}
