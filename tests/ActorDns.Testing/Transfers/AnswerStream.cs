using System.Text;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Protocol.Text;

namespace ActorDns.Testing.Transfers;

/// <summary>
/// Messages of a transfer as a primary would send them, from lines <c>OWNER TTL TYPE DATA</c> with absolute names. Everything that a
/// liar may want to get wrong can be set.
/// </summary>
public sealed class AnswerStream
{
    private const int LargestMessageBytes = ushort.MaxValue;
    private readonly CompressionTable _names = new(12, caseSensitive: true);

    /// <summary>The zone asked for.</summary>
    public string Zone { get; init; } = "example.";

    /// <summary>ID of the request.</summary>
    public ushort Id { get; set; } = 4711;

    /// <summary>QTYPE of the request.</summary>
    public RecordType Type { get; set; } = RecordType.Axfr;

    /// <summary>Flags of the answer.</summary>
    public ushort Flags { get; set; } = MessageHeader.Response | MessageHeader.Authoritative;

    /// <summary>False leaves the question out.</summary>
    public bool HasQuestion { get; set; } = true;

    /// <summary>Signs the messages that ask for it; null signs none.</summary>
    public TsigStreamSigner? Signer { get; set; }

    /// <summary>The time that signatures have.</summary>
    public long NowUnixSeconds { get; set; } = 1_800_000_000;

    /// <summary>Seconds for the EXPIRE option; null leaves it out.</summary>
    public uint? ExpireSeconds { get; set; }

    /// <summary>The SOA line of a serial, with times that can be chosen.</summary>
    public static string Soa(uint serial, string zone = "example.", string times = "3600 900 604800 300") =>
        $"{zone} 3600 SOA ns1.{zone} hostmaster.{zone} {serial} {times}";

    /// <summary>The next message, signed when there is a signer.</summary>
    public byte[] Message(params string[] records) => Make(isSigned: true, records);

    /// <summary>The next message without a signature of its own; the next signed one covers it.</summary>
    public byte[] Unsigned(params string[] records) => Make(isSigned: false, records);

    private byte[] Make(bool isSigned, string[] records)
    {
        byte[] buffer = new byte[LargestMessageBytes];
        MessageWriter writer = new(buffer, _names);
        writer.SetHeader(Id, Flags);
        if (HasQuestion)
            writer.TryWriteQuestion(DomainName.Parse(Zone).Wire, Type, RecordClass.In);
        foreach (string line in records)
            Write(ref writer, line);
        writer.AddToCount(1, records.Length);
        if (ExpireSeconds is { } seconds)
        {
            byte[] opt = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 8, 0, 9, 0, 4, 0, 0, 0, 0];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(opt.AsSpan(15), seconds);
            writer.TryWriteBytes(opt);
            writer.AddToCount(3, 1);
        }

        int length = writer.Position;
        if (Signer is not null && isSigned)
            Signer.TrySign(buffer, length, NowUnixSeconds, out length);
        else
            Signer?.Append(buffer.AsSpan(0, length));
        return buffer[..length];
    }

    private static void Write(ref MessageWriter writer, string line)
    {
        string[] words = line.Split(' ', 4);
        if (!RecordType.TryParse(words[2], out RecordType type))
            throw new ArgumentException(line, nameof(line));
        byte[] text = Encoding.ASCII.GetBytes(words[3]);
        List<TextToken> tokens = [];
        int at = 0;
        foreach (string word in words[3].Split(' '))
        {
            tokens.Add(new TextToken(at, word.Length, false));
            at += word.Length + 1;
        }

        RdataText rdataText = new(text, tokens.ToArray(), default);
        byte[] rdata = new byte[RecordFormat.MaxRdataBytes];
        if (!RecordFormats.Of(type).TryParseText(ref rdataText, rdata, out int length, out string? error))
            throw new ArgumentException($"{line}: {error}", nameof(line));
        uint ttl = uint.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        if (!writer.TryWriteRecord(DomainName.Parse(words[0]).Wire, type, RecordClass.In, ttl, rdata.AsSpan(0, length)))
            throw new ArgumentException($"{line}: no room", nameof(line));
    }
}
