using System.Runtime.CompilerServices;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Security;

/// <summary>
/// Checks an answer of several messages, a zone transfer's, on the client (RFC 8945 §5.3.1): the first and the last message must be
/// signed, at most 99 in between may come without a TSIG, and every signed one's time is checked. After any outcome but
/// <see cref="TsigReplyOutcome.Verified"/> and <see cref="TsigReplyOutcome.Intermediate"/> the stream has failed for good: close the
/// connection and discard what it brought.
/// </summary>
public sealed class TsigStreamVerifier
{
    /// <summary>Most messages in a row without TSIG.</summary>
    public const int MaxUnsignedRun = 99;

    private readonly TsigContext _request;
    private readonly byte[] _priorMac = new byte[ManagedHash.MaxDigestBytes];
    private HmacRun _run;
    private int _priorMacLength;
    private int _unsignedRun;
    private bool _isFirst = true;
    private TsigReply? _failure;

    /// <summary>Starts to check the answer to a request that <see cref="TsigSigner.SignRequest"/> signed.</summary>
    /// <exception cref="ArgumentException">The context is not that of a signed request.</exception>
    public TsigStreamVerifier(in TsigContext request)
    {
        if (request.Key is null)
            throw new ArgumentException("not the context of a signed request", nameof(request));
        _request = request;
    }

    /// <summary>
    /// True when the last message taken was signed and all before it are covered: what a complete transfer must end with.
    /// </summary>
    public bool IsCovered => !_isFirst && _unsignedRun == 0 && _failure is null;

    /// <summary>Takes the next message of the stream.</summary>
    public TsigReply Accept(ReadOnlySpan<byte> message, long nowUnixSeconds)
    {
        if (_failure is { } earlier)
            return earlier;
        TsigReply reply = Judge(message, nowUnixSeconds);
        if (reply.Outcome is not (TsigReplyOutcome.Verified or TsigReplyOutcome.Intermediate))
            _failure = reply;
        return reply;
    }

    [SkipLocalsInit]
    private TsigReply Judge(ReadOnlySpan<byte> message, long nowUnixSeconds)
    {
        if (TsigLocator.TryLocate(message, out int offset) != ParseError.None)
            return new TsigReply(TsigReplyOutcome.Malformed);
        if (offset < 0)
            return TakeUnsigned(message);
        Span<byte> nameScratch = stackalloc byte[WireName.MaxBytes];
        if (TsigRecord.TryRead(message, offset, nameScratch, out TsigRecord record) != ParseError.None)
            return new TsigReply(TsigReplyOutcome.Malformed);

        StartIfNeeded();
        TsigDigest.AppendReceived(ref _run, message, offset, record.OriginalId);
        if (_isFirst)
        {
            TsigDigest.AppendVariables(
                ref _run,
                _request.Key!.VariablesStart(_request.UsesTruncatedName),
                record.TimeSignedUnixSeconds,
                record.FudgeSeconds,
                record.Error,
                record.OtherData);
        }
        else
        {
            TsigDigest.AppendTimers(ref _run, record.TimeSignedUnixSeconds, record.FudgeSeconds);
        }

        TsigReply reply = TsigVerifier.JudgeReply(message, in record, in _request, ref _run, nowUnixSeconds);
        if (!reply.IsVerified)
            return reply;
        _isFirst = false;
        _unsignedRun = 0;
        record.Mac.CopyTo(_priorMac);
        _priorMacLength = record.Mac.Length;
        return reply;
    }

    private TsigReply TakeUnsigned(ReadOnlySpan<byte> message)
    {
        if (_isFirst)
            return new TsigReply(TsigReplyOutcome.Unsigned);
        if (_unsignedRun == MaxUnsignedRun)
            return new TsigReply(TsigReplyOutcome.TooManyUnsigned);
        _unsignedRun++;
        StartIfNeeded();
        _run.Append(message);
        return new TsigReply(TsigReplyOutcome.Intermediate);
    }

    private void StartIfNeeded()
    {
        if (_run.IsRunning)
            return;
        _run.Start(_request.Key!.Hmac);
        TsigDigest.AppendPriorMac(ref _run, _isFirst ? _request.RequestMac : _priorMac.AsSpan(0, _priorMacLength));
    }
}
