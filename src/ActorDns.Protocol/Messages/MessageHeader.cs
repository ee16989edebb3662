using System.Buffers.Binary;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Messages;

/// <summary>The twelve octets that open every message (RFC 1035 §4.1.1), with AD and CD (RFC 4035 §3).</summary>
public static class MessageHeader
{
    /// <summary>Octets of a header.</summary>
    public const int Bytes = 12;

    /// <summary>QR: this is a response.</summary>
    public const ushort Response = 0x8000;

    /// <summary>AA: authoritative answer.</summary>
    public const ushort Authoritative = 0x0400;

    /// <summary>TC: truncated.</summary>
    public const ushort Truncated = 0x0200;

    /// <summary>RD: recursion desired.</summary>
    public const ushort RecursionDesired = 0x0100;

    /// <summary>RA: recursion available.</summary>
    public const ushort RecursionAvailable = 0x0080;

    /// <summary>AD: authentic data.</summary>
    public const ushort AuthenticData = 0x0020;

    /// <summary>CD: checking disabled.</summary>
    public const ushort CheckingDisabled = 0x0010;

    /// <summary>The four bits of the opcode within the flags.</summary>
    public const ushort OpcodeMask = 0x7800;

    /// <summary>The message ID.</summary>
    public static ushort Id(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message);

    /// <summary>All flags, opcode and rcode as one number.</summary>
    public static ushort Flags(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message[2..]);

    /// <summary>The opcode.</summary>
    public static Opcode Opcode(ReadOnlySpan<byte> message) => new((byte)((message[2] >> 3) & 0x0F));

    /// <summary>The four low bits of the rcode.</summary>
    public static byte RcodeBits(ReadOnlySpan<byte> message) => (byte)(message[3] & 0x0F);

    /// <summary>Number of entries of a section: 0 question, 1 answer, 2 authority, 3 additional.</summary>
    public static ushort Count(ReadOnlySpan<byte> message, int section) =>
        BinaryPrimitives.ReadUInt16BigEndian(message[(4 + (2 * section))..]);

    /// <summary>Sets the number of entries of a section.</summary>
    public static void SetCount(Span<byte> message, int section, ushort count) =>
        BinaryPrimitives.WriteUInt16BigEndian(message[(4 + (2 * section))..], count);

    /// <summary>Sets all flags, opcode and rcode.</summary>
    public static void SetFlags(Span<byte> message, ushort flags) =>
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], flags);

    /// <summary>Sets the message ID.</summary>
    public static void SetId(Span<byte> message, ushort id) => BinaryPrimitives.WriteUInt16BigEndian(message, id);
}
