using System.Buffers;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>The property tag of CAA: a length octet, then letters and digits (RFC 8659 §4.1); printed as it is.</summary>
internal sealed class TagField(string name) : RdataField(name)
{
    private static readonly SearchValues<byte> LettersAndDigits =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        if (word.Length is 0 or > byte.MaxValue || word.ContainsAnyExcept(LettersAndDigits))
            return builder.Fail(Name, word, "is not 1 to 255 letters and digits");
        return builder.TryAppendByte((byte)word.Length) && builder.TryAppend(word);
    }

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        int size = StringField.MeasureString(rest);
        return size < 2 || rest[1..size].ContainsAnyExcept(LettersAndDigits) ? -1 : size;
    }

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        foreach (byte octet in field[1..])
            text.Append((char)octet);
    }
}
