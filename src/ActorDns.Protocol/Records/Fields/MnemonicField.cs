using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>A number from a registry: names and decimal are read, <paramref name="prints"/> decides which is printed.</summary>
internal sealed class MnemonicField(string name, int bytes, MnemonicTable table, bool prints) : RdataField(name, bytes)
{
    private readonly uint _max = (uint)((1ul << (bytes * 8)) - 1);

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        if (!DecimalText.TryParse(word, _max, out uint value) && !table.TryFind(word, out value))
            return builder.Fail(Name, word, $"is neither a known name nor a number from 0 to {_max}");
        return NumberField.TryAppend(ref builder, value, FixedBytes);
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < FixedBytes ? -1 : FixedBytes;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        uint value = NumberField.Read(field);
        if (prints && table.NameOf(value) is { } known)
            text.Append(known);
        else
            text.Append(value);
    }
}
