using System.Text;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>The type bit map of NXT: types 1 to 127, one bit each; the bit of type 0 stays clear (RFC 2535 §5.2).</summary>
internal sealed class FlatBitmapField(string name) : RdataField(name)
{
    private const int MaxBytes = 16;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        Span<byte> bits = stackalloc byte[MaxBytes];
        bits.Clear();
        while (text.TryNext(out ReadOnlySpan<byte> word, out _))
        {
            if (!TypeField.TryParseType(word, out RecordType type) || type.Value is 0 or >= MaxBytes * 8)
                return builder.Fail(Name, word, "is not a record type from 1 to 127");
            bits[type.Value >> 3] |= (byte)(0x80 >> (type.Value & 7));
        }

        return builder.TryAppend(bits.TrimEnd((byte)0));
    }

    public override int Measure(ReadOnlySpan<byte> rest) =>
        rest.Length > MaxBytes || (!rest.IsEmpty && ((rest[0] & 0x80) != 0 || rest[^1] == 0)) ? -1 : rest.Length;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        bool isFirst = true;
        for (int bit = 0; bit < field.Length * 8; bit++)
        {
            if ((field[bit >> 3] & (0x80 >> (bit & 7))) == 0)
                continue;
            if (!isFirst)
                text.Append(' ');
            text.Append(new RecordType((ushort)bit).ToString());
            isFirst = false;
        }
    }
}
