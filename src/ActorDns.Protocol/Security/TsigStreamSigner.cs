using System.Diagnostics;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>
/// Signs every message of a response that takes several, a zone transfer's (RFC 8945 §5.3.1): the first as a response to the
/// request, each later one over the MAC before it, itself and the timers. For one session and one thread at a time.
/// </summary>
public sealed class TsigStreamSigner
{
    private readonly TsigContext _context;
    private readonly ushort _fudgeSeconds;
    private readonly byte[] _priorMac = new byte[ManagedHash.MaxDigestBytes];
    private HmacRun _run;
    private bool _isFirst = true;
    private long _lastTimeSigned;

    /// <summary>Starts a stream that answers a verified request.</summary>
    /// <exception cref="ArgumentException">The request was not verified.</exception>
    public TsigStreamSigner(in TsigContext request, ushort fudgeSeconds = TsigSigner.DefaultFudgeSeconds)
    {
        if (request.Outcome != TsigOutcome.Verified)
            throw new ArgumentException("only a verified request is answered by a signed stream", nameof(request));
        _context = request;
        _fudgeSeconds = fudgeSeconds;
        _lastTimeSigned = long.MinValue;
    }

    /// <summary>Octets that the TSIG record adds to each message.</summary>
    public int RecordBytes => _context.ResponseBytes;

    /// <summary>
    /// Signs a whole message in place and counts the record; false, with nothing changed, when the buffer is too small.
    /// </summary>
    public bool TrySign(Span<byte> buffer, int length, long nowUnixSeconds, out int newLength)
    {
        newLength = length;
        if (buffer.Length - length < RecordBytes)
            return false;
        Append(buffer[..length]);
        newLength += Finish(buffer[length..], MessageHeader.Id(buffer), nowUnixSeconds);
        TsigSigner.CountRecord(buffer);
        return true;
    }

    /// <summary>
    /// Takes the next octets of the current message, from its header on, for messages made of a head of their own and shared bodies.
    /// The header is hashed with the ARCOUNT that does not count the TSIG record yet.
    /// </summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (!_run.IsRunning)
        {
            _run.Start(_context.Key!.Hmac);
            TsigDigest.AppendPriorMac(
                ref _run, _isFirst ? _context.RequestMac : _priorMac.AsSpan(0, _context.ResponseMacBytes));
        }

        _run.Append(piece);
    }

    /// <summary>
    /// Ends the current message: writes its TSIG record into <paramref name="destination"/> (<see cref="RecordBytes"/> of room) and
    /// returns the octets. The caller sends the header with ARCOUNT one higher than it was hashed.
    /// </summary>
    public int Finish(Span<byte> destination, ushort messageId, long nowUnixSeconds)
    {
        Debug.Assert(_run.IsRunning, "A message has at least a header.");

        // Times within a stream do not decrease (RFC 8945 §5.3.1), even when the clock is set back.
        long timeSigned = Math.Max(nowUnixSeconds, _lastTimeSigned);
        _lastTimeSigned = timeSigned;
        if (_isFirst)
        {
            TsigDigest.AppendVariables(
                ref _run,
                _context.Key!.VariablesStart(_context.UsesTruncatedName),
                timeSigned,
                _fudgeSeconds,
                Rcode.NoError,
                default);
        }
        else
        {
            TsigDigest.AppendTimers(ref _run, timeSigned, _fudgeSeconds);
        }

        _isFirst = false;
        _run.Finish(_priorMac);
        return TsigSigner.WriteRecord(
            destination,
            in _context,
            timeSigned,
            _fudgeSeconds,
            _priorMac.AsSpan(0, _context.ResponseMacBytes),
            messageId,
            Rcode.NoError,
            default);
    }
}
