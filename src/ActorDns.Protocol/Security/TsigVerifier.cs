using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>
/// Checks TSIG records: of requests on a server (RFC 8945 §5.2) and of answers on a client (§5.4), in the order key, MAC, time,
/// truncation. Messages are never changed.
/// </summary>
/// <remarks>
/// The advice of RFC 8945 §5.2.3 to remember the latest Time Signed of each key, and to refuse an earlier one, is not followed: the
/// time has whole seconds, and several requests of one client under way over UDP arrive in any order, so that honest requests would
/// be refused. What a repeated UPDATE could spoil is prevented where updates are applied, by the MAC itself.
/// </remarks>
public static class TsigVerifier
{
    /// <summary>Checks a request; finds its TSIG record first, and judges a misplaced or doubled one.</summary>
    public static TsigOutcome VerifyRequest<TKeys>(
        ReadOnlySpan<byte> message, long nowUnixSeconds, TKeys keys, out TsigContext context)
        where TKeys : struct, ITsigKeySource
    {
        ParseError error = TsigLocator.TryLocate(message, out int offset);
        if (error == ParseError.None && offset >= 0)
            return VerifyRequestAt(message, offset, nowUnixSeconds, keys, out context);
        context = default;
        return error == ParseError.None ? TsigOutcome.Unsigned : Fail(ref context, TsigOutcome.FormErr, TsigFailure.Malformed);
    }

    /// <summary>
    /// Checks a request whose TSIG record an earlier walk has found at <paramref name="tsigOffset"/>, the last record.
    /// </summary>
    [SkipLocalsInit]
    public static TsigOutcome VerifyRequestAt<TKeys>(
        ReadOnlySpan<byte> message, int tsigOffset, long nowUnixSeconds, TKeys keys, out TsigContext context)
        where TKeys : struct, ITsigKeySource
    {
        context = default;
        Span<byte> nameScratch = stackalloc byte[WireName.MaxBytes];
        if (TsigRecord.TryRead(message, tsigOffset, nameScratch, out TsigRecord record) != ParseError.None
            || record.End != message.Length || MessageHeader.Count(message, 3) == 0)
        {
            return Fail(ref context, TsigOutcome.FormErr, TsigFailure.Malformed);
        }

        context.OriginalId = record.OriginalId;
        context.TimeSignedUnixSeconds = record.TimeSignedUnixSeconds;
        context.FudgeSeconds = record.FudgeSeconds;
        context.SkewSeconds = nowUnixSeconds - record.TimeSignedUnixSeconds;
        TsigOutcome outcome = CheckKeyAndMac(message, in record, keys, ref context);
        if (outcome != TsigOutcome.Verified)
            return outcome;
        if (IsOutsideFudge(in record, nowUnixSeconds, out TsigFailure failure))
            return Fail(ref context, TsigOutcome.BadTime, failure);
        if (record.Mac.Length < context.SharedKey!.MinimumMacBytes)
            return Fail(ref context, TsigOutcome.BadTrunc, TsigFailure.BelowMinimum);
        context.Outcome = TsigOutcome.Verified;
        return TsigOutcome.Verified;
    }

    /// <summary>
    /// Checks the answer to a request that <see cref="TsigSigner.SignRequest"/> signed. Anything but
    /// <see cref="TsigReplyOutcome.Verified"/> and the peer's own errors is no answer: log it and wait on (RFC 8945 §5.4).
    /// </summary>
    [SkipLocalsInit]
    public static TsigReply VerifyResponse(ReadOnlySpan<byte> message, in TsigContext request, long nowUnixSeconds)
    {
        TsigKey key = request.Key ?? throw new ArgumentException("not the context of a signed request", nameof(request));
        if (TsigLocator.TryLocate(message, out int offset) != ParseError.None)
            return new TsigReply(TsigReplyOutcome.Malformed);
        if (offset < 0)
            return new TsigReply(TsigReplyOutcome.Unsigned);
        Span<byte> nameScratch = stackalloc byte[WireName.MaxBytes];
        if (TsigRecord.TryRead(message, offset, nameScratch, out TsigRecord record) != ParseError.None)
            return new TsigReply(TsigReplyOutcome.Malformed);

        HmacRun run = default;
        run.Start(key.Hmac);
        TsigDigest.AppendPriorMac(ref run, request.RequestMac);
        TsigDigest.AppendReceived(ref run, message, offset, record.OriginalId);
        TsigDigest.AppendVariables(
            ref run,
            key.VariablesStart(request.UsesTruncatedName),
            record.TimeSignedUnixSeconds,
            record.FudgeSeconds,
            record.Error,
            record.OtherData);
        return JudgeReply(message, in record, in request, ref run, nowUnixSeconds);
    }

    /// <summary>
    /// The checks of RFC 8945 §5.4 on a reply whose digest input <paramref name="run"/> has taken; finishes the run.
    /// </summary>
    internal static TsigReply JudgeReply(
        ReadOnlySpan<byte> message, in TsigRecord record, in TsigContext request, ref HmacRun run, long nowUnixSeconds)
    {
        TsigKey key = request.SharedKey!;
        Span<byte> mac = stackalloc byte[ManagedHash.MaxDigestBytes];
        run.Finish(mac);
        bool isNotAuth = MessageHeader.RcodeBits(message) == Rcode.NotAuth.Value;
        if (!WireName.Equal(record.KeyName, key.Name.Wire))
            return new TsigReply(TsigReplyOutcome.WrongKey);
        if (record.Mac.IsEmpty)
            return new TsigReply(UnsignedErrorForm(isNotAuth, record.Error));
        if (!WireName.Equal(record.AlgorithmName, request.AlgorithmName))
            return new TsigReply(TsigReplyOutcome.WrongKey);
        if (!IsPermittedSize(key.Algorithm, request.UsesTruncatedName, record.Mac.Length))
            return new TsigReply(TsigReplyOutcome.Malformed);
        if (!CryptographicOperations.FixedTimeEquals(mac[..record.Mac.Length], record.Mac))
            return new TsigReply(TsigReplyOutcome.BadSignature);

        long skew = nowUnixSeconds - record.TimeSignedUnixSeconds;
        if (isNotAuth && record.Error == Rcode.BadTime)
        {
            // Signed over our own request's MAC, so that it is fresh whatever its time says.
            long peerTime = record.OtherData.Length == 6
                ? TsigRecord.ReadUInt48(record.OtherData)
                : record.TimeSignedUnixSeconds;
            return new TsigReply(TsigReplyOutcome.PeerSaysBadTime, nowUnixSeconds - peerTime, peerTime);
        }

        if (IsOutsideFudge(in record, nowUnixSeconds, out _))
            return new TsigReply(TsigReplyOutcome.BadTime, skew, record.TimeSignedUnixSeconds);
        if (isNotAuth && record.Error == Rcode.BadTrunc)
            return new TsigReply(TsigReplyOutcome.PeerSaysBadTrunc, skew, record.TimeSignedUnixSeconds);
        if (record.Error != Rcode.NoError)
            return new TsigReply(TsigReplyOutcome.Malformed);
        if (record.Mac.Length < key.MinimumMacBytes)
            return new TsigReply(TsigReplyOutcome.BelowMinimum, skew, record.TimeSignedUnixSeconds);
        return new TsigReply(TsigReplyOutcome.Verified, skew, record.TimeSignedUnixSeconds);
    }

    private static TsigReplyOutcome UnsignedErrorForm(bool isNotAuth, Rcode error)
    {
        if (isNotAuth && error == Rcode.BadKey)
            return TsigReplyOutcome.PeerSaysBadKey;
        if (isNotAuth && error == Rcode.BadSig)
            return TsigReplyOutcome.PeerSaysBadSig;
        return TsigReplyOutcome.Unsigned;
    }

    private static TsigOutcome CheckKeyAndMac<TKeys>(
        ReadOnlySpan<byte> message, in TsigRecord record, TKeys keys, ref TsigContext context)
        where TKeys : struct, ITsigKeySource
    {
        bool isKnownAlgorithm = TsigAlgorithm.TryFromWire(
            record.AlgorithmName, out TsigAlgorithm algorithm, out bool isTruncatedName);
        context.UsesTruncatedName = isTruncatedName;
        Span<byte> mac = stackalloc byte[ManagedHash.MaxDigestBytes];
        int generation = 0;
        while (generation < ITsigKeySource.MaxGenerations && keys.TryFind(record.KeyName, generation, out TsigKey? key))
        {
            generation++;
            if (!isKnownAlgorithm || !key.Allows(algorithm, isTruncatedName))
                continue;
            context.SharedKey = key;
            if (!IsPermittedSize(algorithm, isTruncatedName, record.Mac.Length))
                return Fail(ref context, TsigOutcome.FormErr, TsigFailure.ForbiddenMacSize);
            ComputeRequestMac(message, in record, key, isTruncatedName, mac);
            if (!CryptographicOperations.FixedTimeEquals(mac[..record.Mac.Length], record.Mac))
                continue;
            context.SetRequestMac(record.Mac);
            return TsigOutcome.Verified;
        }

        if (context.SharedKey is not null)
            return Fail(ref context, TsigOutcome.BadSig, TsigFailure.WrongSignature);
        context.UsesTruncatedName = false;
        context.SetForeignNames(record.KeyName, record.AlgorithmName);
        return Fail(
            ref context, TsigOutcome.BadKey, generation == 0 ? TsigFailure.UnknownKey : TsigFailure.AlgorithmMismatch);
    }

    private static void ComputeRequestMac(
        ReadOnlySpan<byte> message, in TsigRecord record, TsigKey key, bool isTruncatedName, Span<byte> mac)
    {
        HmacRun run = default;
        run.Start(key.Hmac);
        TsigDigest.AppendReceived(ref run, message, record.Offset, record.OriginalId);
        TsigDigest.AppendVariables(
            ref run,
            key.VariablesStart(isTruncatedName),
            record.TimeSignedUnixSeconds,
            record.FudgeSeconds,
            record.Error,
            record.OtherData);
        run.Finish(mac);
    }

    /// <summary>
    /// RFC 8945 §5.2.2.1: from the larger of 10 and half the digest up to what the algorithm's name says.
    /// </summary>
    private static bool IsPermittedSize(TsigAlgorithm algorithm, bool isTruncatedName, int macBytes) =>
        macBytes >= algorithm.ShortestMacBytes
        && macBytes <= (isTruncatedName ? algorithm.TruncatedBytes : algorithm.DigestBytes);

    private static bool IsOutsideFudge(in TsigRecord record, long nowUnixSeconds, out TsigFailure failure)
    {
        long skew = nowUnixSeconds - record.TimeSignedUnixSeconds;
        failure = skew > record.FudgeSeconds ? TsigFailure.Expired
            : skew < -record.FudgeSeconds ? TsigFailure.InFuture
            : TsigFailure.None;
        return failure != TsigFailure.None;
    }

    private static TsigOutcome Fail(ref TsigContext context, TsigOutcome outcome, TsigFailure failure)
    {
        context.Outcome = outcome;
        context.Failure = failure;
        return outcome;
    }
}
