using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>32 bits of seconds, also read as a sum of units such as <c>1h30m</c>; printed in decimal.</summary>
internal sealed class PeriodField(string name) : RdataField(name, 4)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        if (!TtlText.TryParse(word, uint.MaxValue, out uint seconds))
            return builder.Fail(Name, word, "is not a time in seconds of 32 bits");
        return builder.TryAppendUInt32(seconds);
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < 4 ? -1 : 4;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) => text.Append(NumberField.Read(field));
}
