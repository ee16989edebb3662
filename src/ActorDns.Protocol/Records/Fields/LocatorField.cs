using System.Buffers.Binary;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>64 bits as four groups of hex digits, as in the second half of an IPv6 address (RFC 6742 §2.1.2).</summary>
internal sealed class LocatorField(string name) : RdataField(name, 8)
{
    private const int Groups = 4;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        ReadOnlySpan<byte> rest = word;
        for (int group = 0; group < Groups; group++)
        {
            int colon = rest.IndexOf((byte)':');
            bool isLast = group == Groups - 1;
            ReadOnlySpan<byte> digits = colon < 0 ? rest : rest[..colon];
            if (isLast != (colon < 0) || !IPv6Text.TryParseGroup(digits, out ushort value))
                return builder.Fail(Name, word, "is not four groups of hex digits parted by ':'");
            if (!builder.TryAppendUInt16(value))
                return false;
            rest = rest[(colon + 1)..];
        }

        return true;
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < 8 ? -1 : 8;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        for (int group = 0; group < Groups; group++)
        {
            if (group > 0)
                text.Append(':');
            IPv6Text.AppendGroup(text, BinaryPrimitives.ReadUInt16BigEndian(field[(group * 2)..]));
        }
    }
}
