using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Changes;

/// <summary>Records of class IN in uncompressed wire form (RFC 1035 §3.2.1), one after the other.</summary>
internal static class RecordWire
{
    /// <summary>Octets between owner and RDATA: TYPE, CLASS, TTL and RDLENGTH.</summary>
    public const int FixedBytes = 10;

    private const int ClassAt = 2;
    private const int TtlAt = 4;
    private const int LengthAt = 8;

    /// <summary>Octets of a record.</summary>
    public static int Measure(ReadOnlySpan<byte> owner, ReadOnlySpan<byte> rdata) => owner.Length + FixedBytes + rdata.Length;

    /// <summary>Writes a record to the start of <paramref name="to"/> and returns its octets.</summary>
    public static int Write(Span<byte> to, ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        owner.CopyTo(to);
        Span<byte> rest = to[owner.Length..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, type.Value);
        BinaryPrimitives.WriteUInt16BigEndian(rest[ClassAt..], RecordClass.In.Value);
        BinaryPrimitives.WriteUInt32BigEndian(rest[TtlAt..], ttl);
        BinaryPrimitives.WriteUInt16BigEndian(rest[LengthAt..], checked((ushort)rdata.Length));
        rdata.CopyTo(rest[FixedBytes..]);
        return Measure(owner, rdata);
    }

    /// <summary>The first of records that are known to be well formed.</summary>
    public static ChangeRecord First(ReadOnlySpan<byte> wire)
    {
        int ownerLength = WireName.LengthOf(wire);
        ReadOnlySpan<byte> rest = wire[ownerLength..];
        int length = ownerLength + FixedBytes + BinaryPrimitives.ReadUInt16BigEndian(rest[LengthAt..]);
        return new ChangeRecord(
            wire[..length],
            ownerLength,
            new RecordType(BinaryPrimitives.ReadUInt16BigEndian(rest)),
            BinaryPrimitives.ReadUInt32BigEndian(rest[TtlAt..]));
    }

    /// <summary>Reads the first record of octets that may hold anything; false unless it is whole and has the form of its type.</summary>
    public static bool TryReadFirst(ReadOnlySpan<byte> wire, out ChangeRecord record)
    {
        record = default;
        int ownerLength = WireName.LengthOf(wire);
        if (ownerLength == 0 || !WireName.IsWellFormed(wire[..ownerLength]) || wire.Length - ownerLength < FixedBytes)
            return false;
        ReadOnlySpan<byte> rest = wire[ownerLength..];
        if (rest.Length - FixedBytes < BinaryPrimitives.ReadUInt16BigEndian(rest[LengthAt..])
            || BinaryPrimitives.ReadUInt16BigEndian(rest[ClassAt..]) != RecordClass.In.Value)
        {
            return false;
        }

        ChangeRecord read = First(wire);
        if (read.Type.IsMeta || RecordFormats.Of(read.Type).Validate(read.Rdata) != ParseError.None)
            return false;
        record = read;
        return true;
    }
}
