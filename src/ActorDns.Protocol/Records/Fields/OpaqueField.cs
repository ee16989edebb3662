using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>RDATA of a type that is known only by number, or has no text of its own: any octets (RFC 3597 §3).</summary>
internal sealed class OpaqueField() : RdataField("RDATA")
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder) =>
        builder.Fail("RDATA of this type can only be given as \\# LENGTH HEX (RFC 3597)");

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) => GenericRdata.Append(text, field);

    public override bool IsPrintable(ReadOnlySpan<byte> field) => false;
}
