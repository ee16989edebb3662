using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Edns;

/// <summary>Reads OPT records (RFC 6891 §6.1).</summary>
public static class EdnsReader
{
    /// <summary>
    /// Reads the OPT record of a request at <paramref name="optOffset"/>, where a scan has found it. An error is answered by
    /// FORMERR; on a version above 0 the options are left alone, so that BADVERS goes first.
    /// </summary>
    /// <param name="message">The whole message.</param>
    /// <param name="optOffset">Offset of the record's owner name.</param>
    /// <param name="isStream">True when the message came by a stream; by UDP keepalive is ignored (RFC 7828 §3.3.1).</param>
    /// <param name="record">The fields; usable as far as they were read also on an error.</param>
    public static ParseError TryReadRequest(
        ReadOnlySpan<byte> message, int optOffset, bool isStream, out OptRecord record) =>
        TryRead(message, optOffset, isStream, isRequest: true, out record);

    /// <summary>Reads the OPT record of a response at <paramref name="optOffset"/>.</summary>
    public static ParseError TryReadResponse(
        ReadOnlySpan<byte> message, int optOffset, bool isStream, out OptRecord record) =>
        TryRead(message, optOffset, isStream, isRequest: false, out record);

    private static ParseError TryRead(
        ReadOnlySpan<byte> message, int optOffset, bool isStream, bool isRequest, out OptRecord record)
    {
        record = default;
        MessageReader reader = new(message);
        if ((uint)optOffset >= (uint)message.Length)
            return ParseError.ShortInput;
        reader.Seek(optOffset);
        ParseError error = reader.TryReadByte(out byte root);
        if (error != ParseError.None)
            return error;
        error = reader.TryReadRecordTail(out RecordTail tail);
        if (error != ParseError.None)
            return error;
        if (root != 0 || tail.Type != RecordType.Opt)
            return ParseError.MisplacedRecord;

        record.IsPresent = true;
        record.PayloadBytes = tail.Class.Value;
        record.ExtendedRcode = (byte)(tail.TtlBits >> 24);
        record.Version = (byte)(tail.TtlBits >> 16);
        record.Flags = (ushort)tail.TtlBits;
        record.RdataOffset = tail.RdataOffset;
        record.RdataLength = tail.RdataLength;
        return record.Version == 0 ? ReadOptions(message, isStream, isRequest, ref record) : ParseError.None;
    }

    private static ParseError ReadOptions(ReadOnlySpan<byte> message, bool isStream, bool isRequest, ref OptRecord record)
    {
        EdnsOptionReader options = new(message, record.RdataOffset, record.RdataLength);
        while (!options.IsAtEnd)
        {
            ParseError error = options.TryRead(out EdnsOption option);
            if (error == ParseError.None)
                error = Take(message, option, isStream, isRequest, ref record);
            if (error != ParseError.None)
                return error;
        }

        return ParseError.None;
    }

    private static ParseError Take(
        ReadOnlySpan<byte> message, EdnsOption option, bool isStream, bool isRequest, ref OptRecord record)
    {
        EdnsOptionCode code = option.Code;
        if (code == EdnsOptionCode.Cookie)
        {
            record.Cookie = First(record.Cookie, option);
            return Require(ServerCookies.IsWellFormed(option.DataLength));
        }

        if (code == EdnsOptionCode.ClientSubnet)
        {
            record.ClientSubnet = First(record.ClientSubnet, option);
            return ClientSubnet.TryRead(option.Data(message), isRequest, out _);
        }

        if (code == EdnsOptionCode.TcpKeepalive && isStream)
        {
            record.TcpKeepalive = First(record.TcpKeepalive, option);
            return Require(option.DataLength == (isRequest ? 0 : 2));
        }

        if (code == EdnsOptionCode.Expire)
        {
            record.Expire = First(record.Expire, option);
            return Require(isRequest || option.DataLength is 0 or 4);
        }

        if (code == EdnsOptionCode.ExtendedError && !isRequest)
        {
            record.ExtendedError = First(record.ExtendedError, option);
            return Require(option.DataLength >= 2);
        }

        // An option that is not known is ignored (RFC 6891 §6.1.2).
        if (code == EdnsOptionCode.Nsid)
            record.Nsid = First(record.Nsid, option);
        else if (code == EdnsOptionCode.Padding)
            record.Padding = First(record.Padding, option);
        return ParseError.None;
    }

    private static ParseError Require(bool isWellFormed) => isWellFormed ? ParseError.None : ParseError.BadRdata;

    private static EdnsOption First(EdnsOption known, EdnsOption option) => known.DataOffset != 0 ? known : option;
}
