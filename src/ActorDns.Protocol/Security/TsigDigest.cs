using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>Feeds the components of a TSIG digest to a running HMAC (RFC 8945 §4.3, §5.3.1).</summary>
internal static class TsigDigest
{
    /// <summary>The MAC before this message, with its length in 16 bits (RFC 8945 §4.3.1).</summary>
    public static void AppendPriorMac(ref HmacRun run, ReadOnlySpan<byte> mac)
    {
        Span<byte> prefixed = stackalloc byte[sizeof(ushort) + ManagedHash.MaxDigestBytes];
        BinaryPrimitives.WriteUInt16BigEndian(prefixed, (ushort)mac.Length);
        mac.CopyTo(prefixed[sizeof(ushort)..]);
        run.Append(prefixed[..(sizeof(ushort) + mac.Length)]);
    }

    /// <summary>
    /// A received message as it was before its TSIG record was added: without the record, with the original ID and ARCOUNT less one
    /// (RFC 8945 §4.3.2). The message itself stays as it is.
    /// </summary>
    public static void AppendReceived(ref HmacRun run, ReadOnlySpan<byte> message, int tsigOffset, ushort originalId)
    {
        Span<byte> header = stackalloc byte[MessageHeader.Bytes];
        message[..MessageHeader.Bytes].CopyTo(header);
        MessageHeader.SetId(header, originalId);
        MessageHeader.SetCount(header, 3, (ushort)(MessageHeader.Count(message, 3) - 1));
        run.Append(header);
        run.Append(message[MessageHeader.Bytes..tsigOffset]);
    }

    /// <summary>All TSIG variables, names canonical (RFC 8945 §4.3.3).</summary>
    public static void AppendVariables(
        ref HmacRun run,
        ReadOnlySpan<byte> canonicalStart,
        long timeSigned,
        ushort fudge,
        Rcode error,
        ReadOnlySpan<byte> otherData)
    {
        Span<byte> rest = stackalloc byte[12];
        WriteTimers(rest, timeSigned, fudge);
        BinaryPrimitives.WriteUInt16BigEndian(rest[8..], error.Value);
        BinaryPrimitives.WriteUInt16BigEndian(rest[10..], (ushort)otherData.Length);
        run.Append(canonicalStart);
        run.Append(rest);
        if (!otherData.IsEmpty)
            run.Append(otherData);
    }

    /// <summary>Time and fudge alone, for the second and later messages of a stream (RFC 8945 §5.3.1).</summary>
    public static void AppendTimers(ref HmacRun run, long timeSigned, ushort fudge)
    {
        Span<byte> timers = stackalloc byte[8];
        WriteTimers(timers, timeSigned, fudge);
        run.Append(timers);
    }

    private static void WriteTimers(Span<byte> destination, long timeSigned, ushort fudge)
    {
        TsigRecord.WriteUInt48(destination, timeSigned);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], fudge);
    }
}
