using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Transfers;

/// <summary>A primary's answer to the question for the SOA, as far as a refresh goes by it.</summary>
/// <param name="Rcode">The whole rcode.</param>
/// <param name="Serial">Serial of the SOA; null when the answer has none that counts.</param>
/// <param name="ExpireSeconds">Seconds until the zone expires there, when it told them (RFC 7314 §3).</param>
/// <param name="IsTruncated">True when it is to be asked for again by TCP.</param>
/// <param name="Problem">Why it does not count, in words; empty when it does.</param>
public readonly record struct SoaReply(Rcode Rcode, Serial? Serial, uint? ExpireSeconds, bool IsTruncated, string Problem)
{
    /// <summary>
    /// Reads a message. False when it is not the answer to this question at all, so that the wait for it goes on: another ID or question,
    /// no response, or malformed.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ushort id, DomainName origin, out SoaReply reply)
    {
        reply = default;
        if (message.Length < MessageHeader.Bytes || MessageHeader.Id(message) != id)
            return false;
        ushort flags = MessageHeader.Flags(message);
        if ((flags & MessageHeader.Response) == 0 || MessageHeader.Opcode(message) != Opcode.Query
            || MessageScan.TryScan(message, out MessageLayout layout) != ParseError.None)
        {
            return false;
        }

        bool isAsked = layout.QuestionType == RecordType.Soa && layout.HasQuestion
            && WireName.Equal(layout.QuestionName(message), origin.Wire);
        Rcode rcode = new(MessageHeader.RcodeBits(message));
        if (!isAsked && (layout.HasQuestion || rcode == Rcode.NoError)) // A refusal may come without the question.
            return false;
        uint? expire = null;
        if (layout.OptOffset >= 0
            && EdnsReader.TryReadResponse(message, layout.OptOffset, isStream: true, out OptRecord opt) == ParseError.None)
        {
            rcode = opt.RcodeWith(MessageHeader.RcodeBits(message));
            expire = opt.TryReadExpireSeconds(message, out uint seconds) ? seconds : null;
        }

        bool isTruncated = (flags & MessageHeader.Truncated) != 0;
        Serial? serial = rcode == Rcode.NoError ? ReadSerial(message, layout, origin) : null;
        string problem = rcode != Rcode.NoError ? $"unexpected rcode ({rcode})"
            : isTruncated ? "truncated"
            : (flags & MessageHeader.Authoritative) == 0 ? "non-authoritative answer"
            : serial is null ? "no SOA in the answer" : "";
        reply = new SoaReply(rcode, problem.Length == 0 ? serial : null, expire, isTruncated, problem);
        return true;
    }

    private static Serial? ReadSerial(ReadOnlySpan<byte> message, in MessageLayout layout, DomainName origin)
    {
        Span<byte> owner = stackalloc byte[WireName.MaxBytes];
        byte[] rdata = new byte[(2 * WireName.MaxBytes) + 20];
        MessageReader reader = new(message);
        reader.Seek(layout.AnswerOffset);
        for (int left = MessageHeader.Count(message, 1); left > 0; left--)
        {
            if (reader.TryReadName(owner, out int ownerLength) != ParseError.None
                || reader.TryReadRecordTail(out RecordTail tail) != ParseError.None)
            {
                return null;
            }

            if (tail.Type != RecordType.Soa || tail.Class != RecordClass.In || !WireName.Equal(owner[..ownerLength], origin.Wire))
                continue;
            reader.Seek(tail.RdataOffset);
            return RecordFormats.Of(RecordType.Soa).TryReadWire(ref reader, tail.RdataLength, rdata, out int length) == ParseError.None
                ? new SoaData(rdata.AsSpan(0, length)).Serial
                : null;
        }

        return null;
    }
}
