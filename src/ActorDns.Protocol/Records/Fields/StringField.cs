using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>One character-string, printed in quotes (RFC 1035 §3.3).</summary>
internal class StringField(string name) : RdataField(name)
{
    public override bool MayBeQuoted => true;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder) =>
        text.TryNext(out ReadOnlySpan<byte> word, out _)
            ? TryAppend(Name, word, ref builder)
            : builder.FailMissing(Name);

    public override int Measure(ReadOnlySpan<byte> rest) => MeasureString(rest);

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) =>
        CharacterString.AppendQuoted(text, field[1..]);

    /// <summary>Octets of the character-string at the start of <paramref name="rest"/>; -1 when it is cut short.</summary>
    internal static int MeasureString(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest.Length <= rest[0] ? -1 : rest[0] + 1;

    /// <summary>Resolves the escapes of a word and adds it behind its length.</summary>
    internal static bool TryAppend(string name, ReadOnlySpan<byte> word, ref RdataBuilder builder)
    {
        Span<byte> octets = stackalloc byte[CharacterString.MaxBytes];
        if (!CharacterString.TryUnescape(word, octets, out int length))
        {
            return builder.Fail(name, word, word.Length > CharacterString.MaxBytes
                ? "is longer than 255 octets or has a bad escape"
                : "has a bad escape (\\DDD is 000 to 255)");
        }

        return builder.TryAppendByte((byte)length) && builder.TryAppend(octets[..length]);
    }
}
