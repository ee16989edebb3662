using System.Buffers;
using System.Buffers.Binary;

namespace ActorDns.Server.Sockets;

/// <summary>The two-octet length before every message on a stream (RFC 7766 §8).</summary>
internal static class StreamFraming
{
    internal const int PrefixBytes = 2;

    /// <summary>A header is the least that a message can be.</summary>
    internal const int MinMessageBytes = 12;

    internal const int MaxMessageBytes = ushort.MaxValue;

    /// <summary>Reads the length of the next message, or returns false when even that has not arrived.</summary>
    internal static bool TryReadLength(in ReadOnlySequence<byte> received, out int length)
    {
        length = 0;
        if (received.Length < PrefixBytes)
            return false;
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        received.Slice(0, PrefixBytes).CopyTo(prefix);
        length = BinaryPrimitives.ReadUInt16BigEndian(prefix);
        return true;
    }

    /// <summary>Puts a message with its prefix into a writer, so that one flush sends both.</summary>
    internal static void Write(IBufferWriter<byte> writer, ReadOnlySpan<byte> message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(writer.GetSpan(PrefixBytes), (ushort)message.Length);
        writer.Advance(PrefixBytes);
        writer.Write(message);
    }
}
