using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>A6 in one field, since the prefix length says how long the suffix is and whether a name follows (RFC 2874 §3.1).</summary>
internal sealed class A6Field(string name) : RdataField(name, -1, NameUse.Folded)
{
    private const int MaxPrefixBits = 128;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing("prefix length");
        if (!DecimalText.TryParse(word, MaxPrefixBits, out uint prefix))
            return builder.Fail("prefix length", word, "is not a number from 0 to 128");
        if (!builder.TryAppendByte((byte)prefix))
            return false;
        if (prefix < MaxPrefixBits)
        {
            Span<byte> address = stackalloc byte[IPv6Text.Bytes];
            if (!text.TryNext(out word, out _))
                return builder.FailMissing(Name);
            if (!IPv6Text.TryParse(word, address))
                return builder.Fail(Name, word, "is not an IPv6 address");
            Span<byte> suffix = address[((int)prefix / 8)..];
            suffix[0] &= (byte)(0xFF >> ((int)prefix % 8));
            if (!builder.TryAppend(suffix))
                return false;
        }

        if (prefix == 0)
            return true;
        return text.TryNext(out word, out _)
            ? builder.TryAppendName("prefix name", word, text.Origin)
            : builder.FailMissing("prefix name");
    }

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] > MaxPrefixBits)
            return -1;
        int at = NameOffset(rest[0]);
        if (rest.Length < at)
            return -1;
        if (rest[0] == 0)
            return at;
        int nameSize = NameField.MeasureName(rest[at..]);
        return nameSize < 0 ? -1 : at + nameSize;
    }

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        int prefix = field[0];
        int nameOffset = NameOffset(prefix);
        text.Append(prefix).Append(' ');
        if (prefix < MaxPrefixBits)
        {
            Span<byte> address = stackalloc byte[IPv6Text.Bytes];
            address.Clear();
            field[1..nameOffset].CopyTo(address[(prefix / 8)..]);
            address[prefix / 8] &= (byte)(0xFF >> (prefix % 8));
            IPv6Text.Append(text, address);
        }

        if (prefix == 0)
            return;
        text.Append(' ');
        NameText.Append(text, field[nameOffset..], keepFinalDot: true);
    }

    public override void FoldNames(Span<byte> field)
    {
        Span<byte> prefixName = field[NameOffset(field[0])..];
        WireName.CopyFolded(prefixName, prefixName);
    }

    private static int NameOffset(int prefixBits) => 1 + IPv6Text.Bytes - (prefixBits / 8);
}
