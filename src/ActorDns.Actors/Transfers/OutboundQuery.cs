using System.Buffers.Binary;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Actors.Transfers;

/// <summary>The questions that a secondary asks: SOA, AXFR, IXFR.</summary>
internal static class OutboundQuery
{
    private const ushort UdpPayloadBytes = 1232;
    private const int MaxBytes = 4_096;

    /// <summary>Makes a question, signed when the primary has a key; each has two octets of length before it.</summary>
    /// <param name="primary">Whom it is for.</param>
    /// <param name="origin">The zone.</param>
    /// <param name="type">QTYPE.</param>
    /// <param name="id">The message ID.</param>
    /// <param name="heldSoa">Our SOA for IXFR: TTL and RDATA (RFC 1995 §3).</param>
    /// <param name="nowUnixSeconds">The time that the signature has.</param>
    /// <param name="context">What the answer is checked with.</param>
    public static ReadOnlyMemory<byte> MakeFramed(
        Primary primary,
        DomainName origin,
        RecordType type,
        ushort id,
        HeldSoa? heldSoa,
        long nowUnixSeconds,
        out TsigContext context)
    {
        byte[] framed = new byte[MaxBytes];
        Span<byte> message = framed.AsSpan(sizeof(ushort));
        MessageWriter writer = new(message, new CompressionTable(2, caseSensitive: true));
        writer.SetHeader(id, 0);
        writer.TryWriteQuestion(origin.Wire, type, RecordClass.In);
        if (heldSoa is not null)
        {
            writer.TryWriteRecord(origin.Wire, RecordType.Soa, RecordClass.In, heldSoa.Ttl, heldSoa.Rdata);
            writer.AddToCount(2, 1);
        }

        int length = writer.Position;
        if (primary.UsesEdns)
        {
            OptContent opt = new() { PayloadBytes = UdpPayloadBytes, AsksForExpire = primary.RequestsExpire };
            EdnsWriter.TryWrite(message, length, opt, 0, out length);
        }

        context = default;
        if (primary.Key is { } key)
            TsigSigner.SignRequest(message, length, key, nowUnixSeconds, out length, out context);
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)length);
        return framed.AsMemory(0, sizeof(ushort) + length);
    }
}
