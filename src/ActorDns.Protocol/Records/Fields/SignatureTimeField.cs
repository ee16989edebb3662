using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>A signature time (RFC 4034 §3.1.5).</summary>
internal sealed class SignatureTimeField(string name) : RdataField(name, 4)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        if (!SignatureTimeText.TryParse(word, out uint seconds))
            return builder.Fail(Name, word, "is neither YYYYMMDDHHmmSS nor seconds since 1970");
        return builder.TryAppendUInt32(seconds);
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < 4 ? -1 : 4;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) =>
        SignatureTimeText.Append(text, NumberField.Read(field));
}
