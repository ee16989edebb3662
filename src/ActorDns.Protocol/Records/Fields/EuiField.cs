using System.Globalization;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>An EUI-48 or EUI-64 address: pairs of hex digits parted by hyphens (RFC 7043 §3.2, §4.2).</summary>
internal sealed class EuiField(string name, int bytes) : RdataField(name, bytes)
{
    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing(Name);
        if (word.Length != (FixedBytes * 3) - 1)
            return builder.Fail(Name, word, $"is not {FixedBytes} pairs of hex digits parted by '-'");
        Span<byte> octets = stackalloc byte[FixedBytes];
        for (int pair = 0; pair < FixedBytes; pair++)
        {
            if (!BinaryText.TryDecodeHex(word.Slice(pair * 3, 2), octets[pair..], out _)
                || (pair > 0 && word[(pair * 3) - 1] != '-'))
            {
                return builder.Fail(Name, word, $"is not {FixedBytes} pairs of hex digits parted by '-'");
            }
        }

        return builder.TryAppend(octets);
    }

    public override int Measure(ReadOnlySpan<byte> rest) => rest.Length < FixedBytes ? -1 : FixedBytes;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        for (int at = 0; at < field.Length; at++)
            text.Append(CultureInfo.InvariantCulture, $"{(at > 0 ? "-" : string.Empty)}{field[at]:x2}");
    }
}
