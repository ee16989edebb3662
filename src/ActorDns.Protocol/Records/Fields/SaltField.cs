using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>The salt of NSEC3 and NSEC3PARAM: a length octet and octets in one hex word, <c>-</c> for none (RFC 5155 §3.3).</summary>
internal sealed class SaltField(string name) : RdataField(name)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        if (word is [(byte)'-'])
            return builder.TryAppendByte(0);
        Span<byte> salt = stackalloc byte[byte.MaxValue];
        if (!BinaryText.TryDecodeHex(word, salt, out int length) || length == 0)
            return builder.Fail(Name, word, "is neither '-' nor up to 255 octets in hex");
        return builder.TryAppendByte((byte)length) && builder.TryAppend(salt[..length]);
    }

    public override int Measure(ReadOnlySpan<byte> rest) => StringField.MeasureString(rest);

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        if (field.Length == 1)
            text.Append('-');
        else
            BinaryText.AppendHex(text, field[1..]);
    }
}
