using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>
/// A TSIG record as it stands in a message (RFC 8945 §4.2), its parts as views.
/// <code>
/// NAME key name, TYPE 250, CLASS ANY, TTL 0, RDLENGTH
/// Algorithm Name / Time Signed (48 bits) / Fudge / MAC Size / MAC / Original ID / Error / Other Len / Other Data
/// </code>
/// </summary>
public readonly ref struct TsigRecord
{
    /// <summary>Octets of RDATA beside the algorithm name, the MAC and the other data.</summary>
    internal const int FixedRdataBytes = 16;

    /// <summary>Key name, uncompressed, in the case sent.</summary>
    public ReadOnlySpan<byte> KeyName { get; private init; }

    /// <summary>Algorithm name, uncompressed, in the case sent.</summary>
    public ReadOnlySpan<byte> AlgorithmName { get; private init; }

    /// <summary>Time Signed in seconds since 1970, 48 bits.</summary>
    public long TimeSignedUnixSeconds { get; private init; }

    /// <summary>Fudge: seconds of error that the sender permits.</summary>
    public ushort FudgeSeconds { get; private init; }

    /// <summary>The MAC as sent, perhaps truncated, empty in unsigned error replies.</summary>
    public ReadOnlySpan<byte> Mac { get; private init; }

    /// <summary>The message ID that the MAC covers.</summary>
    public ushort OriginalId { get; private init; }

    /// <summary>The TSIG error number.</summary>
    public Rcode Error { get; private init; }

    /// <summary>Other Data: the server's time in a BADTIME reply.</summary>
    public ReadOnlySpan<byte> OtherData { get; private init; }

    /// <summary>Offset of the record's owner name in the message.</summary>
    public int Offset { get; private init; }

    /// <summary>Offset after the record.</summary>
    public int End { get; private init; }

    /// <summary>
    /// Reads the record at <paramref name="offset"/>. A compressed key name is unpacked into <paramref name="nameScratch"/>
    /// (<see cref="WireName.MaxBytes"/> octets), which the record then refers to; the algorithm name must not be compressed
    /// (RFC 3597 §4). CLASS must be ANY and TTL 0.
    /// </summary>
    public static ParseError TryRead(
        ReadOnlySpan<byte> message, int offset, Span<byte> nameScratch, out TsigRecord record)
    {
        record = default;
        if (offset < MessageHeader.Bytes || offset > message.Length)
            return ParseError.ShortInput;
        MessageReader reader = new(message);
        reader.Seek(offset);
        ParseError error = reader.TryReadName(nameScratch, out int nameLength);
        if (error != ParseError.None)
            return error;
        error = reader.TryReadRecordTail(out RecordTail tail);
        if (error != ParseError.None)
            return error;
        if (tail.Type != RecordType.Tsig || tail.Class != RecordClass.Any || tail.TtlBits != 0)
            return ParseError.BadRdata;

        ReadOnlySpan<byte> rdata = message.Slice(tail.RdataOffset, tail.RdataLength);
        int algorithmLength = WireName.LengthOf(rdata);
        if (algorithmLength == 0 || !WireName.IsWellFormed(rdata[..algorithmLength]))
            return ParseError.BadRdata;
        ReadOnlySpan<byte> rest = rdata[algorithmLength..];
        if (rest.Length < FixedRdataBytes)
            return ParseError.BadRdata;
        int macSize = BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
        if (rest.Length < FixedRdataBytes + macSize)
            return ParseError.BadRdata;
        ReadOnlySpan<byte> afterMac = rest[(10 + macSize)..];
        int otherLength = BinaryPrimitives.ReadUInt16BigEndian(afterMac[4..]);
        if (afterMac.Length != 6 + otherLength)
            return ParseError.BadRdata;

        record = new TsigRecord
        {
            KeyName = nameScratch[..nameLength],
            AlgorithmName = rdata[..algorithmLength],
            TimeSignedUnixSeconds = ReadUInt48(rest),
            FudgeSeconds = BinaryPrimitives.ReadUInt16BigEndian(rest[6..]),
            Mac = rest.Slice(10, macSize),
            OriginalId = BinaryPrimitives.ReadUInt16BigEndian(afterMac),
            Error = new Rcode(BinaryPrimitives.ReadUInt16BigEndian(afterMac[2..])),
            OtherData = afterMac[6..],
            Offset = offset,
            End = reader.Position,
        };
        return ParseError.None;
    }

    /// <summary>Reads 48 bits, network order.</summary>
    internal static long ReadUInt48(ReadOnlySpan<byte> octets) =>
        ((long)BinaryPrimitives.ReadUInt16BigEndian(octets) << 32) | BinaryPrimitives.ReadUInt32BigEndian(octets[2..]);

    /// <summary>Writes the low 48 bits, network order.</summary>
    internal static void WriteUInt48(Span<byte> octets, long value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)(value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(octets[2..], (uint)value);
    }
}
