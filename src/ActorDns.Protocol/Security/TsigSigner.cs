using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>
/// Signs requests (RFC 8945 §5.1) and single responses (§5.3); streams have <see cref="TsigStreamSigner"/>.
/// </summary>
public static class TsigSigner
{
    /// <summary>The fudge that RFC 8945 §10 recommends.</summary>
    public const ushort DefaultFudgeSeconds = 300;

    /// <summary>
    /// Appends a TSIG record to the request in <paramref name="buffer"/> and counts it. False, with nothing changed, when the buffer is
    /// too small. <paramref name="context"/> is what the answer is to be checked with.
    /// </summary>
    public static bool SignRequest(
        Span<byte> buffer,
        int length,
        TsigKey key,
        long nowUnixSeconds,
        out int newLength,
        out TsigContext context,
        ushort fudgeSeconds = DefaultFudgeSeconds)
    {
        ArgumentNullException.ThrowIfNull(key);
        context = default;
        context.SharedKey = key;
        context.Outcome = TsigOutcome.Verified;
        context.OriginalId = MessageHeader.Id(buffer);
        context.TimeSignedUnixSeconds = nowUnixSeconds;
        context.FudgeSeconds = fudgeSeconds;
        newLength = length;
        if (buffer.Length - length < context.ResponseBytes)
            return false;

        HmacRun run = default;
        run.Start(key.Hmac);
        run.Append(buffer[..length]);
        TsigDigest.AppendVariables(ref run, key.VariablesStart(false), nowUnixSeconds, fudgeSeconds, Rcode.NoError, default);
        Span<byte> mac = stackalloc byte[ManagedHash.MaxDigestBytes];
        run.Finish(mac);
        mac = mac[..key.MacBytes];
        context.SetRequestMac(mac);
        newLength += WriteRecord(
            buffer[length..], in context, nowUnixSeconds, fudgeSeconds, mac, context.OriginalId, Rcode.NoError, default);
        CountRecord(buffer);
        return true;
    }

    /// <summary>
    /// Appends the TSIG record that the response in <paramref name="buffer"/> needs, and counts it; nothing for a request that was
    /// unsigned or malformed. The caller has set the rcode (<see cref="TsigContext.ResponseCode"/>) and reserved
    /// <see cref="TsigContext.ResponseBytes"/>; false, with nothing changed, when they are not there.
    /// </summary>
    public static bool SignResponse(
        Span<byte> buffer,
        int length,
        in TsigContext request,
        long nowUnixSeconds,
        out int newLength,
        ushort fudgeSeconds = DefaultFudgeSeconds)
    {
        newLength = length;
        if (!request.AnswersWithTsig)
            return true;
        if (buffer.Length - length < request.ResponseBytes)
            return false;

        long timeSigned = nowUnixSeconds;
        Span<byte> serverTime = stackalloc byte[6];
        ReadOnlySpan<byte> otherData = serverTime[..0];
        if (request.Outcome == TsigOutcome.BadTime)
        {
            // The client's own time and fudge, so that the answer passes the client's time check (RFC 8945 §5.2.3).
            timeSigned = request.TimeSignedUnixSeconds;
            fudgeSeconds = request.FudgeSeconds;
            TsigRecord.WriteUInt48(serverTime, nowUnixSeconds);
            otherData = serverTime;
        }

        Span<byte> mac = stackalloc byte[ManagedHash.MaxDigestBytes];
        if (request.AnswersWithMac)
        {
            HmacRun run = default;
            run.Start(request.SharedKey!.Hmac);
            TsigDigest.AppendPriorMac(ref run, request.RequestMac);
            run.Append(buffer[..length]);
            TsigDigest.AppendVariables(
                ref run,
                request.SharedKey.VariablesStart(request.UsesTruncatedName),
                timeSigned,
                fudgeSeconds,
                request.TsigError,
                otherData);
            run.Finish(mac);
        }

        mac = mac[..request.ResponseMacBytes];
        newLength += WriteRecord(
            buffer[length..], in request, timeSigned, fudgeSeconds, mac, MessageHeader.Id(buffer), request.TsigError, otherData);
        CountRecord(buffer);
        return true;
    }

    /// <summary>Writes a whole record, nothing compressed, and returns its octets.</summary>
    internal static int WriteRecord(
        Span<byte> destination,
        in TsigContext context,
        long timeSigned,
        ushort fudgeSeconds,
        ReadOnlySpan<byte> mac,
        ushort originalId,
        Rcode error,
        ReadOnlySpan<byte> otherData)
    {
        ReadOnlySpan<byte> keyName = context.KeyName;
        ReadOnlySpan<byte> algorithmName = context.AlgorithmName;
        keyName.CopyTo(destination);
        int at = keyName.Length;
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], RecordType.Tsig.Value);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], RecordClass.Any.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[(at + 4)..], 0);
        int rdataBytes = algorithmName.Length + TsigRecord.FixedRdataBytes + mac.Length + otherData.Length;
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 8)..], (ushort)rdataBytes);
        at += 10;
        algorithmName.CopyTo(destination[at..]);
        at += algorithmName.Length;
        TsigRecord.WriteUInt48(destination[at..], timeSigned);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 6)..], fudgeSeconds);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 8)..], (ushort)mac.Length);
        at += 10;
        mac.CopyTo(destination[at..]);
        at += mac.Length;
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], originalId);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], error.Value);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 4)..], (ushort)otherData.Length);
        at += 6;
        otherData.CopyTo(destination[at..]);
        return at + otherData.Length;
    }

    /// <summary>Adds one to ARCOUNT.</summary>
    internal static void CountRecord(Span<byte> message) =>
        MessageHeader.SetCount(message, 3, (ushort)(MessageHeader.Count(message, 3) + 1));
}
