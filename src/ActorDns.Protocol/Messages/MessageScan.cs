using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Messages;

/// <summary>
/// One walk over a received message that finds its parts and checks what can be checked without looking into RDATA: counts, record
/// borders, at most one OPT with the root as owner and in the additional section (RFC 6891 §6.1.1), at most one TSIG and that the
/// very last record (RFC 8945 §5.1), nothing after it.
/// </summary>
public static class MessageScan
{
    /// <summary>
    /// Scans a message of at least <see cref="MessageHeader.Bytes"/> octets. On an error the layout still tells what was read
    /// before it, so that a FORMERR can repeat the question.
    /// </summary>
    public static ParseError TryScan(ReadOnlySpan<byte> message, out MessageLayout layout)
    {
        ParseError error = TryScanQuestion(message, out layout);
        if (error != ParseError.None)
            return error;
        MessageReader reader = new(message);
        reader.Seek(layout.AnswerOffset);
        error = SkipRecords(ref reader, MessageHeader.Count(message, 1));
        if (error != ParseError.None)
            return error;

        layout.AuthorityOffset = reader.Position;
        error = SkipRecords(ref reader, MessageHeader.Count(message, 2));
        if (error != ParseError.None)
            return error;

        layout.AdditionalOffset = reader.Position;
        error = ReadAdditional(ref reader, ref layout, MessageHeader.Count(message, 3));
        if (error != ParseError.None)
            return error;

        return reader.Remaining == 0 ? ParseError.None : ParseError.TrailingBytes;
    }

    /// <summary>Scans header and question only, which is enough to know what will be looked for.</summary>
    public static ParseError TryScanQuestion(ReadOnlySpan<byte> message, out MessageLayout layout)
    {
        layout = new MessageLayout { OptOffset = -1, TsigOffset = -1 };
        if (message.Length < MessageHeader.Bytes)
            return ParseError.ShortInput;
        MessageReader reader = new(message);
        reader.Seek(MessageHeader.Bytes);
        ParseError error = ReadQuestions(ref reader, ref layout);
        if (error == ParseError.None)
            layout.AnswerOffset = reader.Position;
        return error;
    }

    private static ParseError ReadQuestions(ref MessageReader reader, ref MessageLayout layout)
    {
        layout.QuestionCount = MessageHeader.Count(reader.Message, 0);
        if (layout.QuestionCount == 0)
            return ParseError.None;
        if (layout.QuestionCount > 1)
            return ParseError.BadQuestionCount;

        int start = reader.Position;
        ParseError error = SkipPlainName(ref reader);
        if (error != ParseError.None)
            return error;
        int nameLength = reader.Position - start;
        error = reader.TryReadUInt16(out ushort type);
        if (error != ParseError.None)
            return error;
        error = reader.TryReadUInt16(out ushort recordClass);
        if (error != ParseError.None)
            return error;
        layout.QuestionNameLength = nameLength;
        layout.QuestionType = new RecordType(type);
        layout.QuestionClass = new RecordClass(recordClass);
        return ParseError.None;
    }

    /// <summary>The first name of a message has nothing before it that a pointer could point to.</summary>
    private static ParseError SkipPlainName(ref MessageReader reader)
    {
        ReadOnlySpan<byte> message = reader.Message;
        int start = reader.Position;
        int at = start;
        while (true)
        {
            if ((uint)at >= (uint)message.Length)
                return ParseError.ShortInput;
            int octet = message[at];
            if (octet >= 0xC0)
                return ParseError.BadPointer;
            if (octet > Names.WireName.MaxLabelBytes)
                return ParseError.BadLabel;
            at += octet + 1;
            if (at - start > Names.WireName.MaxBytes)
                return ParseError.NameTooLong;
            if (octet != 0)
                continue;
            reader.Seek(at);
            return ParseError.None;
        }
    }

    private static ParseError SkipRecords(ref MessageReader reader, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ParseError error = reader.TrySkipName();
            if (error != ParseError.None)
                return error;
            error = reader.TryReadRecordTail(out RecordTail tail);
            if (error != ParseError.None)
                return error;
            if (tail.Type == RecordType.Opt || tail.Type == RecordType.Tsig)
                return ParseError.MisplacedRecord;
        }

        return ParseError.None;
    }

    private static ParseError ReadAdditional(ref MessageReader reader, ref MessageLayout layout, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int start = reader.Position;
            ParseError error = reader.TrySkipName();
            if (error != ParseError.None)
                return error;
            bool ownerIsRoot = reader.Position == start + 1;
            error = reader.TryReadRecordTail(out RecordTail tail);
            if (error != ParseError.None)
                return error;

            if (tail.Type == RecordType.Opt)
            {
                if (layout.OptOffset >= 0 || !ownerIsRoot)
                    return ParseError.MisplacedRecord;
                layout.OptOffset = start;
            }
            else if (tail.Type == RecordType.Tsig)
            {
                if (i != count - 1)
                    return ParseError.MisplacedRecord;
                layout.TsigOffset = start;
            }
        }

        return ParseError.None;
    }
}
