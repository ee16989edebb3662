using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>A character-string that may be left out at the end of RDATA.</summary>
internal sealed class OptionalStringField(string name) : RdataField(name)
{
    public override bool MayBeQuoted => true;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder) =>
        !text.TryNext(out ReadOnlySpan<byte> word, out _) || StringField.TryAppend(Name, word, ref builder);

    public override int Measure(ReadOnlySpan<byte> rest) => rest.IsEmpty ? 0 : StringField.MeasureString(rest);

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        if (!field.IsEmpty)
            CharacterString.AppendQuoted(text, field[1..]);
    }
}
