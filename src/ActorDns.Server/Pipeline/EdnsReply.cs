using System.Buffers.Binary;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;

namespace ActorDns.Server.Pipeline;

/// <summary>The OPT record of the reply; there is one only when the request had one (RFC 6891 §6.1.1).</summary>
internal static class EdnsReply
{
    private const int RdataLengthOffset = 9; // Behind the root's one octet, type, class and TTL.

    /// <summary>Octets to keep free for it.</summary>
    public static int Bytes(in Request request) => request.Opt.IsPresent ? EdnsWriter.Measure(ContentOf(request)) : 0;

    /// <summary>
    /// Appends it at <paramref name="length"/> and returns the new length; what follows needs <paramref
    /// name="bytesAfter"/>.
    /// </summary>
    public static int Append(in Request request, int length, int bytesAfter)
    {
        Span<byte> message = request.Response[..request.ReplyLimitBytes];
        return EdnsWriter.TryWrite(message, length, ContentOf(request), bytesAfter, out int end) ? end : length;
    }

    /// <summary>Makes it apart from a reply, for the first message of a transfer.</summary>
    public static byte[] Make(in Request request)
    {
        if (!request.Opt.IsPresent)
            return [];
        Span<byte> scratch = stackalloc byte[MessageHeader.Bytes + 1024];
        scratch[..MessageHeader.Bytes].Clear();
        return EdnsWriter.TryWrite(scratch, MessageHeader.Bytes, ContentOf(request), 0, out int end)
            ? scratch[MessageHeader.Bytes..end].ToArray()
            : [];
    }

    /// <summary>The record with an extended error behind its options (RFC 8914 §2); an empty one stays empty.</summary>
    public static byte[] WithExtendedError(byte[] opt, ExtendedErrorCode code)
    {
        if (opt.Length == 0)
            return opt;
        const int OptionBytes = 6;
        byte[] longer = new byte[opt.Length + OptionBytes];
        opt.CopyTo(longer, 0);
        Span<byte> option = longer.AsSpan(opt.Length);
        BinaryPrimitives.WriteUInt16BigEndian(option, EdnsOptionCode.ExtendedError.Value);
        BinaryPrimitives.WriteUInt16BigEndian(option[2..], sizeof(ushort));
        BinaryPrimitives.WriteUInt16BigEndian(option[4..], code.Value);
        Span<byte> rdataLength = longer.AsSpan(RdataLengthOffset);
        BinaryPrimitives.WriteUInt16BigEndian(
            rdataLength, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(rdataLength) + OptionBytes));
        return longer;
    }

    /// <summary>The options. Padding is none of them: no transport here is encrypted (RFC 7830 §6).</summary>
    private static OptContent ContentOf(in Request request) => new()
    {
        PayloadBytes = (ushort)(request.View?.AdvertisedUdpBytes ?? Views.View.DefaultUdpBytes),
        Rcode = request.Rcode,
        DnssecOk = request.Opt.DnssecOk,
        Nsid = request.Opt.WantsNsid ? request.State.Nsid.Span : default,
        Cookie = request.Scratch.HasCookie ? request.Scratch.ReplyCookie : default,
        TcpKeepaliveTimeout = request.Opt.WantsTcpKeepalive ? request.State.KeepaliveHundredMilliseconds : null,
        ExpireSeconds = ExpireSeconds(request),
        ExtendedError = request.HasExtendedError ? request.ExtendedError : null,
    };

    /// <summary>
    /// To whoever asks for SOA or a transfer with the option a primary tells the SOA's own EXPIRE (RFC 7314 §3.1), a secondary the time
    /// that remains (§3.2).
    /// </summary>
    private static uint? ExpireSeconds(in Request request)
    {
        if (!request.Opt.HasExpire || request.Snapshot is not { } snapshot || request.Rcode != Rcode.NoError)
            return null;
        RecordType type = request.Layout.QuestionType;
        bool isAsked = type == RecordType.Soa || type == RecordType.Axfr || type == RecordType.Ixfr;
        if (!isAsked)
            return null;
        return request.Zone!.Role == ZoneRole.Secondary && request.Zone.Published.ExpiresAtUnixSeconds is { } until
            ? (uint)Math.Clamp(until - request.NowUnixSeconds, 0, uint.MaxValue)
            : new SoaData(snapshot.Soa.First).ExpireSeconds;
    }
}
