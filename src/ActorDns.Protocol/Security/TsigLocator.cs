using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>Finds the TSIG record of a message and checks that it stands where it must (RFC 8945 §5.1, §5.2).</summary>
public static class TsigLocator
{
    /// <summary>
    /// Walks all records. <paramref name="offset"/> is that of the TSIG record's owner name, or -1 when there is none. A TSIG anywhere
    /// but as the very last record of the additional section, a second one, or octets after it are errors: FORMERR.
    /// </summary>
    public static ParseError TryLocate(ReadOnlySpan<byte> message, out int offset)
    {
        offset = -1;
        if (message.Length < MessageHeader.Bytes)
            return ParseError.ShortInput;
        MessageReader reader = new(message);
        reader.Seek(MessageHeader.Bytes);
        for (int question = MessageHeader.Count(message, 0); question > 0; question--)
        {
            ParseError error = reader.TrySkipName();
            if (error == ParseError.None)
                error = reader.TryReadUInt32(out _);
            if (error != ParseError.None)
                return error;
        }

        for (int section = 1; section <= 3; section++)
        {
            for (int left = MessageHeader.Count(message, section); left > 0; left--)
            {
                int start = reader.Position;
                ParseError error = reader.TrySkipName();
                RecordTail tail = default;
                if (error == ParseError.None)
                    error = reader.TryReadRecordTail(out tail);
                if (error != ParseError.None)
                    return error;
                if (tail.Type != RecordType.Tsig)
                    continue;
                if (section != 3 || left != 1)
                    return ParseError.MisplacedRecord;
                if (reader.Remaining != 0)
                    return ParseError.TrailingBytes;
                offset = start;
            }
        }

        return ParseError.None;
    }
}
