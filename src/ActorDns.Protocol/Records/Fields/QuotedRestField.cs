using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>Octets to the end of RDATA, without length octet, in one quoted word (CAA value, URI target).</summary>
internal sealed class QuotedRestField(string name, int minBytes, bool needsQuotes) : RdataField(name)
{
    public override bool MayBeQuoted => true;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out bool isQuoted))
            return builder.FailMissing(Name);
        if (needsQuotes && !isQuoted)
            return builder.Fail(Name, word, "does not stand in quotes");
        if (!CharacterString.TryUnescape(word, builder.Free, out int length))
            return builder.Fail(Name, word, "is too long or has a bad escape (\\DDD is 000 to 255)");
        builder.Advance(length);
        return length >= minBytes || builder.Fail(Name, word, "is empty");
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < minBytes ? -1 : rest.Length;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) =>
        CharacterString.AppendQuoted(text, field);
}
