using System.Buffers.Binary;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;

namespace ActorDns.Server.Transfers;

/// <summary>
/// The messages of one transfer, each with its length prefix, as large as allowed, compressed, and signed if the request was
/// (RFC 5936 §2.2, RFC 1995 §4, RFC 8945 §5.3.1). Knows no connection.
/// </summary>
internal sealed class TransferStream
{
    private const int PrefixBytes = 2;
    private readonly TransferRequest _request;
    private readonly ITransferSource _source;
    private readonly TsigStreamSigner? _signer;
    private readonly CompressionTable _names = new(13, caseSensitive: true);
    private readonly byte[] _buffer;
    private readonly int _messageBytes;

    /// <summary>Starts the stream.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="messageBytes">Largest message in octets, TSIG included (<c>transfer-message-size</c>).</param>
    public TransferStream(TransferRequest request, int messageBytes)
    {
        _request = request;
        _messageBytes = messageBytes;
        _source = request.Changes is { } changes ? new IxfrSource(changes) : new AxfrSource(request.Lease.Snapshot);
        _signer = request.IsSigned ? new TsigStreamSigner(request.Tsig) : null;
        _buffer = GC.AllocateUninitializedArray<byte>(PrefixBytes + ushort.MaxValue);
    }

    /// <summary>True when the last message has been made.</summary>
    public bool IsDone => _source.IsDone;

    /// <summary>Messages made so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Records written so far, both SOAs counted.</summary>
    public long Records { get; private set; }

    /// <summary>Octets of all messages so far, without length prefixes.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// Makes the next message; the memory is used again by the next call. False when a record does not fit into a message of its
    /// own, which no reader could take either.
    /// </summary>
    public bool TryMakeNext(long nowUnixSeconds, out ReadOnlyMemory<byte> framed)
    {
        if (TryMake(_messageBytes, nowUnixSeconds, out int length) || TryMake(ushort.MaxValue, nowUnixSeconds, out length))
        {
            BinaryPrimitives.WriteUInt16BigEndian(_buffer, (ushort)length);
            Bytes += length;
            Messages++;
            framed = _buffer.AsMemory(0, PrefixBytes + length);
            return true;
        }

        framed = default;
        return false;
    }

    private bool TryMake(int messageBytes, long nowUnixSeconds, out int length)
    {
        Span<byte> message = _buffer.AsSpan(PrefixBytes, messageBytes);
        int reserved = (_signer?.RecordBytes ?? 0) + _request.Opt.Length;
        MessageWriter writer = new(message, _names);
        writer.SetHeader(_request.Id, _request.Flags);
        if (Messages == 0)
            writer.TryWriteQuestion(_request.QuestionName.Span, _request.Type, RecordClass.In);
        writer.SetLimit(messageBytes - reserved);
        int records = _source.Fill(ref writer, _request.IsOneAnswer ? 1 : int.MaxValue);
        length = writer.Position;
        if (records == 0)
            return false;
        writer.AddToCount(1, records);
        Records += records;
        if (!_request.Opt.IsEmpty)
        {
            writer.SetLimit(messageBytes);
            writer.TryWriteBytes(_request.Opt.Span);
            writer.AddToCount(3, 1);
            length = writer.Position;
        }

        return _signer is null || _signer.TrySign(message, length, nowUnixSeconds, out length);
    }
}
