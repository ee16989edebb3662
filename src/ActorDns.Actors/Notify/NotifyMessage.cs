using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Notify;

/// <summary>Writes NOTIFY requests.</summary>
internal static class NotifyMessage
{
    private const int MaxPlainBytes = 512;
    private const int MaxSignedBytes = 1_232;

    /// <summary>
    /// The request that tells a zone's serial (RFC 1996 §3.7): AA is set, and the SOA is the answer section as a hint, left out when it
    /// would not fit. <paramref name="tsig"/> is what the reply is checked with when there is a key.
    /// </summary>
    public static byte[] Write(ZoneSnapshot zone, ushort id, TsigKey? key, long nowUnixSeconds, out TsigContext tsig)
    {
        Span<byte> buffer = stackalloc byte[MaxSignedBytes];
        MessageWriter writer = new(buffer, new CompressionTable(6, caseSensitive: false));
        writer.SetLimit(MaxPlainBytes);
        writer.SetHeader(id, (ushort)((Opcode.Notify.Value << 11) | MessageHeader.Authoritative));
        writer.TryWriteQuestion(zone.Origin.Wire, RecordType.Soa, RecordClass.In);
        if (writer.TryWriteRecordAt(MessageHeader.Bytes, RecordType.Soa, RecordClass.In, zone.Soa.Ttl, zone.Soa.First))
            writer.AddToCount(1, 1);
        int length = writer.Position;
        tsig = default;
        if (key is not null && !TsigSigner.SignRequest(buffer, length, key, nowUnixSeconds, out length, out tsig))
            throw new InvalidOperationException("a TSIG record takes more than its bound");
        return buffer[..length].ToArray();
    }
}
