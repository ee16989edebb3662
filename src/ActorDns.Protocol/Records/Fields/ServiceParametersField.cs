using System.Buffers.Binary;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>
/// The parameters of SVCB and HTTPS (RFC 9460 §2.1, §2.2): key, length and value each, keys in ascending order. Text may name
/// them in any order.
/// </summary>
internal sealed class ServiceParametersField(string name) : RdataField(name)
{
    private const int HeaderBytes = 4;

    public override bool MayBeQuoted => true;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        int first = builder.Length;
        while (text.TryNext(out ReadOnlySpan<byte> word, out _))
        {
            int equals = word.IndexOf((byte)'=');
            ReadOnlySpan<byte> keyWord = equals < 0 ? word : word[..equals];
            ReadOnlySpan<byte> value = equals < 0 ? default : word[(equals + 1)..];
            if (equals >= 0 && value.IsEmpty && text.TryNextAttached(out ReadOnlySpan<byte> attached))
                value = attached;
            else if (value is [(byte)'"', .., (byte)'"'])
                value = value[1..^1];
            if (!TryAppend(keyWord, value, first, ref builder))
                return false;
        }

        return ServiceParameters.Complaint(builder.Written[first..]) is not { } complaint || builder.Fail(complaint);
    }

    public override int Measure(ReadOnlySpan<byte> rest) =>
        ServiceParameters.Complaint(rest) is null ? rest.Length : -1;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        for (ReadOnlySpan<byte> rest = field; !rest.IsEmpty;)
        {
            if (rest.Length < field.Length)
                text.Append(' ');
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            ServiceParameters.AppendText(
                text, BinaryPrimitives.ReadUInt16BigEndian(rest), rest.Slice(HeaderBytes, length));
            rest = rest[(HeaderBytes + length)..];
        }
    }

    private static bool TryAppend(
        ReadOnlySpan<byte> keyWord, ReadOnlySpan<byte> value, int first, ref RdataBuilder builder)
    {
        if (!ServiceParameters.TryParseKey(keyWord, out ushort key, out bool isGeneric))
            return builder.Fail("parameter", keyWord, "is not a known key or keyNNNNN");
        int start = builder.Length;
        if (!builder.TryAppendUInt16(key) || !builder.TryAppendUInt16(0))
            return false;
        if (!ServiceParameterText.TryParse(isGeneric ? ServiceParameterText.AsOctets : key, keyWord, value, ref builder))
            return false;
        Span<byte> parameters = builder.WrittenFrom(first);
        BinaryPrimitives.WriteUInt16BigEndian(
            parameters[(start - first + 2)..], (ushort)(builder.Length - start - HeaderBytes));
        return TrySortIn(parameters, start - first) || builder.Fail("parameter", keyWord, "is given twice");
    }

    /// <summary>Moves the last parameter, which starts at <paramref name="start"/>, to its place; false when its key is there.</summary>
    private static bool TrySortIn(Span<byte> parameters, int start)
    {
        int key = BinaryPrimitives.ReadUInt16BigEndian(parameters[start..]);
        int at = 0;
        while (at < start)
        {
            int other = BinaryPrimitives.ReadUInt16BigEndian(parameters[at..]);
            if (other == key)
                return false;
            if (other > key)
                break;
            at += HeaderBytes + BinaryPrimitives.ReadUInt16BigEndian(parameters[(at + 2)..]);
        }

        // Three reversals rotate the last parameter in front of those with higher keys.
        parameters[at..start].Reverse();
        parameters[start..].Reverse();
        parameters[at..].Reverse();
        return true;
    }
}
