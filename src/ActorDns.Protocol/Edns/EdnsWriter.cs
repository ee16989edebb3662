using System.Buffers.Binary;
using System.Diagnostics;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Edns;

/// <summary>Writes OPT records (RFC 6891 §6.1.2), options in a fixed order and padding last.</summary>
public static class EdnsWriter
{
    /// <summary>Octets of an OPT record without options.</summary>
    public const int EmptyRecordBytes = 11;

    /// <summary>Block that responses are padded to (RFC 8467 §4.1).</summary>
    public const int ResponsePaddingBlockBytes = 468;

    /// <summary>Block that queries are padded to (RFC 8467 §4.1).</summary>
    public const int QueryPaddingBlockBytes = 128;

    private const int OptionHeadBytes = 4;

    /// <summary>Octets that the record takes without padding: keep that much room while the sections before it are written.</summary>
    public static int Measure(in OptContent content)
    {
        int bytes = EmptyRecordBytes;
        if (!content.Nsid.IsEmpty || content.AsksForNsid)
            bytes += OptionHeadBytes + content.Nsid.Length;
        if (!content.Cookie.IsEmpty)
            bytes += OptionHeadBytes + content.Cookie.Length;
        if (content.TcpKeepaliveTimeout is not null)
            bytes += OptionHeadBytes + sizeof(ushort);
        else if (content.AsksForTcpKeepalive)
            bytes += OptionHeadBytes;
        if (content.ExpireSeconds is not null)
            bytes += OptionHeadBytes + sizeof(uint);
        else if (content.AsksForExpire)
            bytes += OptionHeadBytes;
        if (content.ExtendedError is not null)
            bytes += OptionHeadBytes + sizeof(ushort) + content.ExtendedErrorText.Length;
        return bytes;
    }

    /// <summary>
    /// Writes the record at <paramref name="position"/> and counts it in the header, or writes nothing and returns false when it
    /// does not fit. Padding never makes it fail: it is cut to the room that is there, or left out.
    /// </summary>
    /// <param name="message">The message's buffer; its length is the limit.</param>
    /// <param name="position">Where the record starts.</param>
    /// <param name="content">What it says.</param>
    /// <param name="bytesAfter">Octets that will follow the record, as TSIG does; kept free and counted in the padded size.</param>
    /// <param name="end">Offset after the record.</param>
    public static bool TryWrite(Span<byte> message, int position, in OptContent content, int bytesAfter, out int end)
    {
        int limit = message.Length - bytesAfter;
        end = position;
        if (Measure(content) > limit - position)
            return false;

        Span<byte> head = message.Slice(position, EmptyRecordBytes);
        head[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(head[1..], RecordType.Opt.Value);
        BinaryPrimitives.WriteUInt16BigEndian(head[3..], content.PayloadBytes);
        head[5] = (byte)(content.Rcode.Value >> 4);
        head[6] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(head[7..], content.DnssecOk ? OptRecord.DnssecOkFlag : (ushort)0);
        int at = WriteOptions(message, position + EmptyRecordBytes, content);
        Debug.Assert(at == position + Measure(content));
        if (content.PaddingBlockBytes > 0 && limit - at >= OptionHeadBytes)
            at = WritePadding(message, at, content.PaddingBlockBytes, bytesAfter);
        BinaryPrimitives.WriteUInt16BigEndian(head[9..], (ushort)(at - position - EmptyRecordBytes));
        MessageHeader.SetCount(message, 3, (ushort)(MessageHeader.Count(message, 3) + 1));
        end = at;
        return true;
    }

    private static int WriteOptions(Span<byte> message, int at, in OptContent content)
    {
        if (!content.Nsid.IsEmpty || content.AsksForNsid)
            at = WriteOption(message, at, EdnsOptionCode.Nsid, content.Nsid);
        if (!content.Cookie.IsEmpty)
            at = WriteOption(message, at, EdnsOptionCode.Cookie, content.Cookie);
        if (content.TcpKeepaliveTimeout is { } timeout)
        {
            at = WriteHead(message, at, EdnsOptionCode.TcpKeepalive, sizeof(ushort));
            BinaryPrimitives.WriteUInt16BigEndian(message[at..], timeout);
            at += sizeof(ushort);
        }
        else if (content.AsksForTcpKeepalive)
        {
            at = WriteHead(message, at, EdnsOptionCode.TcpKeepalive, 0);
        }

        if (content.ExpireSeconds is { } seconds)
        {
            at = WriteHead(message, at, EdnsOptionCode.Expire, sizeof(uint));
            BinaryPrimitives.WriteUInt32BigEndian(message[at..], seconds);
            at += sizeof(uint);
        }
        else if (content.AsksForExpire)
        {
            at = WriteHead(message, at, EdnsOptionCode.Expire, 0);
        }

        if (content.ExtendedError is not { } error)
            return at;
        at = WriteHead(message, at, EdnsOptionCode.ExtendedError, sizeof(ushort) + content.ExtendedErrorText.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message[at..], error.Value);
        content.ExtendedErrorText.CopyTo(message[(at + sizeof(ushort))..]);
        return at + sizeof(ushort) + content.ExtendedErrorText.Length;
    }

    /// <summary>Zeros up to the next multiple of the block, what follows the record counted in (RFC 7830 §3, RFC 8467 §4.1).</summary>
    private static int WritePadding(Span<byte> message, int at, int blockBytes, int bytesAfter)
    {
        int unpadded = at + OptionHeadBytes + bytesAfter;
        int wanted = (blockBytes - (unpadded % blockBytes)) % blockBytes;
        int padding = Math.Min(wanted, message.Length - unpadded);
        at = WriteHead(message, at, EdnsOptionCode.Padding, padding);
        message.Slice(at, padding).Clear();
        return at + padding;
    }

    private static int WriteOption(Span<byte> message, int at, EdnsOptionCode code, ReadOnlySpan<byte> data)
    {
        at = WriteHead(message, at, code, data.Length);
        data.CopyTo(message[at..]);
        return at + data.Length;
    }

    private static int WriteHead(Span<byte> message, int at, EdnsOptionCode code, int dataLength)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message[at..], code.Value);
        BinaryPrimitives.WriteUInt16BigEndian(message[(at + 2)..], (ushort)dataLength);
        return at + OptionHeadBytes;
    }
}
