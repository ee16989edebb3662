using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>An IPv6 address.</summary>
internal sealed class IPv6Field(string name) : RdataField(name, IPv6Text.Bytes)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        Span<byte> address = stackalloc byte[IPv6Text.Bytes];
        return IPv6Text.TryParse(word, address)
            ? builder.TryAppend(address)
            : builder.Fail(Name, word, "is not an IPv6 address");
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < IPv6Text.Bytes ? -1 : IPv6Text.Bytes;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) => IPv6Text.Append(text, field);
}
