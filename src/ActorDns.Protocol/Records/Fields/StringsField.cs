using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>One or more character-strings to the end of RDATA.</summary>
internal sealed class StringsField(string name) : RdataField(name)
{
    public override bool MayBeQuoted => true;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (text.AtEnd)
            return builder.FailMissing(Name);
        while (text.TryNext(out ReadOnlySpan<byte> word, out _))
        {
            if (!StringField.TryAppend(Name, word, ref builder))
                return false;
        }

        return true;
    }

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        int at = 0;
        while (at < rest.Length)
            at += rest[at] + 1;
        return at > 0 && at == rest.Length ? at : -1;
    }

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        for (int at = 0; at < field.Length; at += field[at] + 1)
        {
            if (at > 0)
                text.Append(' ');
            CharacterString.AppendQuoted(text, field.Slice(at + 1, field[at]));
        }
    }
}
