using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>Gateway type, algorithm and gateway of IPSECKEY; the type decides the gateway's form (RFC 4025 §2.5).</summary>
internal sealed class IpsecGatewayField(string name) : RdataField(name)
{
    private const int NoGateway = 0;
    private const int IPv4Gateway = 1;
    private const int IPv6Gateway = 2;
    private const int NameGateway = 3;
    private const int HeaderBytes = 2;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing("gateway type");
        if (!DecimalText.TryParse(word, NameGateway, out uint type))
            return builder.Fail("gateway type", word, "is not a number from 0 to 3");
        if (!text.TryNext(out word, out _))
            return builder.FailMissing("algorithm");
        if (!DecimalText.TryParse(word, byte.MaxValue, out uint algorithm))
            return builder.Fail("algorithm", word, "is not a number from 0 to 255");
        if (!text.TryNext(out word, out _))
            return builder.FailMissing(Name);
        if (!builder.TryAppendByte((byte)type) || !builder.TryAppendByte((byte)algorithm))
            return false;
        Span<byte> address = stackalloc byte[IPv6Text.Bytes];
        switch ((int)type)
        {
            case NoGateway:
                return word is [(byte)'.'] || builder.Fail(Name, word, "is not '.', which gateway type 0 demands");
            case IPv4Gateway:
                return IPv4Text.TryParse(word, address)
                    ? builder.TryAppend(address[..IPv4Text.Bytes])
                    : builder.Fail(Name, word, "is not an IPv4 address");
            case IPv6Gateway:
                return IPv6Text.TryParse(word, address)
                    ? builder.TryAppend(address)
                    : builder.Fail(Name, word, "is not an IPv6 address");
            default:
                return builder.TryAppendName(Name, word, text.Origin);
        }
    }

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < HeaderBytes)
            return -1;
        int size = rest[0] switch
        {
            NoGateway => 0,
            IPv4Gateway => IPv4Text.Bytes,
            IPv6Gateway => IPv6Text.Bytes,
            NameGateway => NameField.MeasureName(rest[HeaderBytes..]),
            _ => -1,
        };
        return size < 0 || rest.Length < HeaderBytes + size ? -1 : HeaderBytes + size;
    }

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        text.Append(field[0]).Append(' ').Append(field[1]).Append(' ');
        ReadOnlySpan<byte> gateway = field[HeaderBytes..];
        switch ((int)field[0])
        {
            case NoGateway:
                text.Append('.');
                break;
            case IPv4Gateway:
                IPv4Text.Append(text, gateway);
                break;
            case IPv6Gateway:
                IPv6Text.Append(text, gateway);
                break;
            default:
                NameText.Append(text, gateway, keepFinalDot: true);
                break;
        }
    }
}
