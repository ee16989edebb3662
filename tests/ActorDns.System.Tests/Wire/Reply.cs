using System.Globalization;
using System.Text;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;

namespace ActorDns.System.Tests.Wire;

/// <summary>A reply with its sections as sorted lines in lower case, OPT left out.</summary>
public sealed record Reply(ushort Flags, string[] Answer, string[] Authority, string[] Additional)
{
    private const ushort OptType = 41;

    public bool IsTruncated => (Flags & MessageHeader.Truncated) != 0;

    public int RcodeBits => Flags & 15;

    public static Reply Read(byte[] message)
    {
        MessageReader reader = new(message);
        reader.Seek(MessageHeader.Bytes);
        for (int i = MessageHeader.Count(message, 0); i > 0; i--)
        {
            Check(reader.TrySkipName(), message);
            Check(reader.TryReadUInt32(out _), message);
        }

        string[] answer = ReadSection(ref reader, MessageHeader.Count(message, 1));
        string[] authority = ReadSection(ref reader, MessageHeader.Count(message, 2));
        string[] additional = ReadSection(ref reader, MessageHeader.Count(message, 3));
        if (reader.Remaining != 0)
            throw new FormatException($"{reader.Remaining} octets after the last record in {Convert.ToHexString(message)}");
        return new Reply(MessageHeader.Flags(message), answer, authority, additional);
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"flags {Flags:x4}\n")
        + string.Concat(Answer.Select(line => $"  answer     {line}\n"))
        + string.Concat(Authority.Select(line => $"  authority  {line}\n"))
        + string.Concat(Additional.Select(line => $"  additional {line}\n"));

    private static string[] ReadSection(ref MessageReader reader, int count)
    {
        List<string> lines = [];
        byte[] owner = new byte[WireName.MaxBytes];
        byte[] rdata = new byte[RecordFormat.MaxRdataBytes];
        for (; count > 0; count--)
        {
            Check(reader.TryReadName(owner, out int ownerLength), reader.Message);
            Check(reader.TryReadRecordTail(out RecordTail tail), reader.Message);
            if (tail.Type.Value == OptType)
                continue;
            RecordFormat format = RecordFormats.Of(tail.Type);
            MessageReader inside = new(reader.Message);
            inside.Seek(tail.RdataOffset);
            Check(format.TryReadWire(ref inside, tail.RdataLength, rdata, out int length), reader.Message);
            StringBuilder text = new();
            text.Append(CultureInfo.InvariantCulture, $"{DomainName.FromWire(owner.AsSpan(0, ownerLength))} {tail.TtlBits} {tail.Class} {tail.Type} ");
            format.AppendText(text, rdata.AsSpan(0, length));
            lines.Add(text.ToString().ToLowerInvariant());
        }

        lines.Sort(StringComparer.Ordinal);
        return [.. lines];
    }

    private static void Check(ParseError error, ReadOnlySpan<byte> message)
    {
        if (error != ParseError.None)
            throw new FormatException($"{error} in {Convert.ToHexString(message)}");
    }
}
