using System.Text;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>Type bit maps in windows (RFC 4034 §4.1.2), to the end of RDATA.</summary>
internal sealed class TypeBitmapField(string name, bool allowsEmpty) : RdataField(name)
{
    private const int MaxTypes = 256;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (text.AtEnd && !allowsEmpty)
            return builder.FailMissing(Name);
        Span<RecordType> types = stackalloc RecordType[MaxTypes];
        int count = 0;
        while (text.TryNext(out ReadOnlySpan<byte> word, out _))
        {
            if (count == MaxTypes)
                return builder.Fail($"{Name} has more than {MaxTypes} types");
            if (!TypeField.TryParseType(word, out types[count++]))
                return builder.Fail(Name, word, "is not a record type");
        }

        Span<byte> bitmap = stackalloc byte[Math.Min(count * TypeBitmap.MaxWindowBytes, TypeBitmap.MaxBytes)];
        return builder.TryAppend(bitmap[..TypeBitmap.Write(types[..count], bitmap)]);
    }

    public override int Measure(ReadOnlySpan<byte> rest) =>
        (rest.IsEmpty && !allowsEmpty) || !TypeBitmap.IsWellFormed(rest) ? -1 : rest.Length;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        bool isFirst = true;
        for (int at = 0; at < field.Length; at += field[at + 1] + 2)
        {
            ReadOnlySpan<byte> block = field.Slice(at + 2, field[at + 1]);
            for (int bit = 0; bit < block.Length * 8; bit++)
            {
                if ((block[bit >> 3] & (0x80 >> (bit & 7))) == 0)
                    continue;
                if (!isFirst)
                    text.Append(' ');
                text.Append(new RecordType((ushort)((field[at] << 8) | bit)).ToString());
                isFirst = false;
            }
        }
    }
}
