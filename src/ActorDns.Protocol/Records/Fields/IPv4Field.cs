using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>An IPv4 address.</summary>
internal sealed class IPv4Field(string name) : RdataField(name, IPv4Text.Bytes)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        Span<byte> address = stackalloc byte[IPv4Text.Bytes];
        return IPv4Text.TryParse(word, address)
            ? builder.TryAppend(address)
            : builder.Fail(Name, word, "is not an IPv4 address");
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < IPv4Text.Bytes ? -1 : IPv4Text.Bytes;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) => IPv4Text.Append(text, field);
}
