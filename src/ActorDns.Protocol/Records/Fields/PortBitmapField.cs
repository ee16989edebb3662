using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>The port bit map of WKS (RFC 1035 §3.4.2): one bit a port, to the end of RDATA.</summary>
internal sealed class PortBitmapField(string name) : RdataField(name)
{
    private const int AllPortsBytes = 8_192;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        Span<byte> bits = stackalloc byte[AllPortsBytes];
        bits.Clear();
        while (text.TryNext(out ReadOnlySpan<byte> word, out _))
        {
            if (!DecimalText.TryParse(word, ushort.MaxValue, out uint port)
                && !RegistryNames.Services.TryFind(word, out port))
            {
                return builder.Fail(Name, word, "is neither a port nor a known service");
            }

            bits[(int)(port >> 3)] |= (byte)(0x80 >> (int)(port & 7));
        }

        return builder.TryAppend(bits.TrimEnd((byte)0));
    }

    public override int Measure(ReadOnlySpan<byte> rest) =>
        rest.Length > AllPortsBytes || rest.EndsWith((byte)0) ? -1 : rest.Length;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        bool isFirst = true;
        for (int bit = 0; bit < field.Length * 8; bit++)
        {
            if ((field[bit >> 3] & (0x80 >> (bit & 7))) == 0)
                continue;
            if (!isFirst)
                text.Append(' ');
            text.Append(bit);
            isFirst = false;
        }
    }
}
