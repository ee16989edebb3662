using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>A hashed owner name: a length octet and octets in base32 with extended hex alphabet (RFC 5155 §3.3).</summary>
internal sealed class HashedOwnerField(string name) : RdataField(name)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        Span<byte> hash = stackalloc byte[byte.MaxValue];
        if (!BinaryText.TryDecodeBase32Hex(word, hash, out int length) || length == 0)
            return builder.Fail(Name, word, "is not base32 with extended hex alphabet");
        return builder.TryAppendByte((byte)length) && builder.TryAppend(hash[..length]);
    }

    public override int Measure(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest[0] == 0 ? -1 : StringField.MeasureString(rest);

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) =>
        BinaryText.AppendBase32Hex(text, field[1..]);
}
