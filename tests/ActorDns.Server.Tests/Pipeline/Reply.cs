using System.Text;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Tests.Pipeline;

/// <summary>A reply taken apart.</summary>
internal sealed class Reply
{
    private readonly MessageLayout _layout;
    private readonly OptRecord _opt;

    public Reply(byte[] message)
    {
        Message = message;
        Assert.NotEmpty(message);
        Assert.Equal(ParseError.None, MessageScan.TryScan(message, out _layout));
        if (_layout.OptOffset >= 0)
            Assert.Equal(ParseError.None, EdnsReader.TryReadResponse(message, _layout.OptOffset, isStream: false, out _opt));
        MessageReader reader = new(message);
        reader.Seek(_layout.AnswerOffset);
        Answer = ReadSection(ref reader, MessageHeader.Count(message, 1));
        Authority = ReadSection(ref reader, MessageHeader.Count(message, 2));
        Additional = ReadSection(ref reader, MessageHeader.Count(message, 3));
    }

    public byte[] Message { get; }

    public Rcode Rcode => _opt.RcodeWith(MessageHeader.RcodeBits(Message));

    public bool IsAuthoritative => Has(MessageHeader.Authoritative);

    public bool IsTruncated => Has(MessageHeader.Truncated);

    public bool HasOpt => _opt.IsPresent;

    public bool HasTsig => _layout.TsigOffset >= 0;

    public OptRecord Opt => _opt;

    public string[] Answer { get; }

    public string[] Authority { get; }

    /// <summary>Additional records without OPT and TSIG.</summary>
    public string[] Additional { get; }

    public ExtendedErrorCode? ExtendedError =>
        _opt.TryReadExtendedError(Message, out ExtendedErrorOption error) ? error.Code : null;

    public byte[] Cookie => _opt.HasCookie ? _opt.Cookie.Data(Message).ToArray() : [];

    public string Nsid => _opt.WantsNsid ? Encoding.ASCII.GetString(_opt.Nsid.Data(Message)) : "";

    private bool Has(ushort flag) => (MessageHeader.Flags(Message) & flag) != 0;

    private static string[] ReadSection(ref MessageReader reader, int count)
    {
        List<string> records = [];
        byte[] name = new byte[WireName.MaxBytes];
        byte[] rdata = new byte[ushort.MaxValue];
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(ParseError.None, reader.TryReadName(name, out int nameLength));
            Assert.Equal(ParseError.None, reader.TryReadRecordTail(out RecordTail tail));
            if (tail.Type == RecordType.Opt || tail.Type == RecordType.Tsig)
                continue;
            MessageReader inner = new(reader.Message);
            inner.Seek(tail.RdataOffset);
            Assert.Equal(ParseError.None, RecordFormats.Of(tail.Type).TryReadWire(ref inner, tail.RdataLength, rdata, out int length));
            StringBuilder text = new();
            RecordFormats.Of(tail.Type).AppendText(text, rdata.AsSpan(0, length));
            records.Add($"{NameText.ToText(name.AsSpan(0, nameLength), keepFinalDot: true)} {tail.TtlBits} {tail.Type} {text}");
        }

        return [.. records];
    }
}
