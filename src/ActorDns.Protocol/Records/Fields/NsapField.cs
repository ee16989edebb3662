using System.Globalization;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>An NSAP address: <c>0x</c> and hex digits, dots anywhere between octets (RFC 1706 §7).</summary>
internal sealed class NsapField(string name) : RdataField(name)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        if (word.Length < 4 || word[0] != '0' || (word[1] | 0x20) != 'x')
            return builder.Fail(Name, word, "is not 0x and hex digits");
        BinaryDecoder decoder = BinaryDecoder.Hex;
        foreach (Range part in word[2..].Split((byte)'.'))
        {
            if (!decoder.TryDecode(word[2..][part], builder.Free))
                return builder.Fail(Name, word, "is not 0x and hex digits");
        }

        if (!decoder.TryFinish() || decoder.Length == 0)
            return builder.Fail(Name, word, "is not a whole number of octets");
        builder.Advance(decoder.Length);
        return true;
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.IsEmpty ? -1 : rest.Length;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        text.Append("0x");
        foreach (byte octet in field)
            text.Append(CultureInfo.InvariantCulture, $"{octet:x2}");
    }
}
