using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>Octets to the end of RDATA in base64, in any number of words.</summary>
internal sealed class Base64Field(string name, int minBytes) : RdataField(name)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        BinaryDecoder decoder = BinaryDecoder.Base64;
        while (text.TryNext(out ReadOnlySpan<byte> word, out _))
        {
            if (!decoder.TryDecode(word, builder.Free))
                return builder.Fail(Name, word, "is not base64");
        }

        if (!decoder.TryFinish())
            return builder.Fail($"{Name} is base64 that is cut short or badly padded");
        builder.Advance(decoder.Length);
        return decoder.Length >= minBytes || builder.FailMissing(Name);
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < minBytes ? -1 : rest.Length;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) =>
        BinaryText.AppendBase64(text, field, splits: true);
}
