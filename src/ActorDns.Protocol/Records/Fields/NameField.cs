using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>A domain name, uncompressed.</summary>
internal sealed class NameField(string name, NameUse use) : RdataField(name, -1, use)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder) =>
        text.TryNext(out ReadOnlySpan<byte> word, out _)
            ? builder.TryAppendName(Name, word, text.Origin)
            : builder.FailMissing(Name);

    public override int Measure(ReadOnlySpan<byte> rest) => MeasureName(rest);

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field) =>
        NameText.Append(text, field, keepFinalDot: true);

    public override void FoldNames(Span<byte> field) => WireName.CopyFolded(field, field);

    /// <summary>Octets of the uncompressed name at the start of <paramref name="rest"/>; -1 when there is none.</summary>
    internal static int MeasureName(ReadOnlySpan<byte> rest)
    {
        int at = 0;
        while (at < rest.Length)
        {
            int label = rest[at];
            if (label > WireName.MaxLabelBytes)
                return -1;
            at += label + 1;
            if (at > WireName.MaxBytes)
                return -1;
            if (label == 0)
                return at;
        }

        return -1;
    }
}
