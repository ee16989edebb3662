using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Ports;

/// <summary>
/// An UPDATE on its way through a zone's writer, with everything that its reply needs copied out of the receive buffer. The writer calls
/// <see cref="TryComplete(Rcode)"/> once; the listener that took the message sends the signed reply then.
/// </summary>
public sealed class PendingUpdate
{
    /// <summary>Longest reply of our own: header, zone section, OPT and TSIG with names and digests of the greatest length.</summary>
    internal const int MaxOwnReplyBytes = 2_048;

    private TsigContext _tsig;
    private int _isComplete;
    private byte[]? _passedBack;
    private bool _isDropped;

    /// <summary>The zone named in the zone section.</summary>
    public required ServedZone Zone { get; init; }

    /// <summary>The message as received, its TSIG record included.</summary>
    public required ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>The client.</summary>
    public required NetEndpoint Client { get; init; }

    /// <summary>Our address and port that it was sent to.</summary>
    public required NetEndpoint Local { get; init; }

    /// <summary>How it arrived.</summary>
    public required AccessTransports Transport { get; init; }

    /// <summary>Key and MAC of the request; the default value when unsigned.</summary>
    public TsigContext Tsig
    {
        get => _tsig;
        init => _tsig = value;
    }

    /// <summary>Name of the key that verified the message; null when unsigned.</summary>
    public DomainName? Key => _tsig.Key?.Name;

    /// <summary>
    /// Wire names of the keys that <see cref="Key"/> succeeds, one after the other: rules that name one of them mean it.
    /// </summary>
    public ReadOnlyMemory<byte> KeyAliases { get; init; }

    /// <summary>What stands at the beginning of log lines about the client, in BIND's form.</summary>
    public required string LogPrefix { get; init; }

    /// <summary>Where the sections of the message lie.</summary>
    internal MessageLayout Layout { get; init; }

    /// <summary>Header flags of the reply, its rcode left open.</summary>
    internal ushort Flags { get; init; }

    /// <summary>The OPT record of the reply; empty for a client without EDNS.</summary>
    internal byte[] Opt { get; init; } = [];

    /// <summary>Room that the reply needs, once the outcome is known.</summary>
    internal int MaxReplyBytes => Math.Max(_passedBack?.Length ?? 0, MaxOwnReplyBytes);

    /// <summary>Takes the rcode to send; set before the writer gets the update. Must not wait.</summary>
    internal Action<PendingUpdate, Rcode>? Completed { get; set; }

    /// <summary>Called once, with the outcome; set by who took the update.</summary>
    public Action? Ended { get; set; }

    /// <summary>Gives the outcome; false when there was one already.</summary>
    public bool TryComplete(Rcode rcode)
    {
        if (Interlocked.Exchange(ref _isComplete, 1) != 0)
            return false;
        End(rcode);
        return true;
    }

    /// <summary>Ends it without a reply; false when there was an outcome already.</summary>
    public bool TryDrop()
    {
        if (Interlocked.Exchange(ref _isComplete, 1) != 0)
            return false;
        _isDropped = true;
        End(Rcode.ServFail);
        return true;
    }

    /// <summary>
    /// Gives the reply of the primary that the message was passed on to, which goes out as it is but for the ID (RFC 2136 §6.2). It has at
    /// least a header.
    /// </summary>
    public bool TryComplete(byte[] reply)
    {
        if (Interlocked.Exchange(ref _isComplete, 1) != 0)
            return false;
        _passedBack = reply;
        End(new Rcode(MessageHeader.RcodeBits(reply)));
        return true;
    }

    /// <summary>
    /// Writes the reply: header, zone section, OPT, TSIG (RFC 2136 §3.8 leaves the other sections empty). Returns its length, 0 when it
    /// does not fit or none is to be sent.
    /// </summary>
    internal int WriteReply(Rcode rcode, Span<byte> response, long nowUnixSeconds)
    {
        if (_isDropped)
            return 0;
        if (_passedBack is { } reply)
        {
            if (!reply.AsSpan().TryCopyTo(response))
                return 0;
            MessageHeader.SetId(response, MessageHeader.Id(Message.Span));
            return reply.Length;
        }

        MessageWriter writer = new(response, new CompressionTable(1, caseSensitive: false));
        writer.SetHeader(MessageHeader.Id(Message.Span), (ushort)(Flags | (rcode.Value & 0x0F)));
        writer.TryWriteQuestion(Layout.QuestionName(Message.Span), Layout.QuestionType, Layout.QuestionClass);
        byte[] opt = rcode == Rcode.Refused ? EdnsReply.WithExtendedError(Opt, ExtendedErrorCode.Prohibited) : Opt;
        if (opt.Length > 0 && writer.TryWriteBytes(opt))
            writer.AddToCount(3, 1);
        return TsigSigner.SignResponse(response, writer.Position, in _tsig, nowUnixSeconds, out int length) ? length : 0;
    }

    private void End(Rcode rcode)
    {
        Completed?.Invoke(this, rcode);
        Ended?.Invoke();
    }
}
