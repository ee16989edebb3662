using System.Globalization;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records;

/// <summary>RDATA of any type as <c>\# length hex</c> (RFC 3597 §5).</summary>
internal static class GenericRdata
{
    /// <summary>True when a number follows <c>\#</c>; without one that is an escaped <c>#</c>, as BIND reads it.</summary>
    public static bool IsNext(in RdataText text)
    {
        RdataText words = text;
        return words.TryNext(out ReadOnlySpan<byte> word, out bool quoted)
            && !quoted
            && word is [(byte)'\\', (byte)'#']
            && words.TryNext(out word, out quoted)
            && !quoted
            && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    /// <summary>Reads the marker, the length and as many octets in hex words.</summary>
    public static bool TryParse(ref RdataText text, ref RdataBuilder builder)
    {
        text.TryNext(out _, out _);
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing("length after \\#");
        if (!DecimalText.TryParse(word, RecordFormat.MaxRdataBytes, out uint length))
            return builder.Fail("length", word, "is not a number from 0 to 65535");
        BinaryDecoder decoder = BinaryDecoder.Hex;
        while (text.TryNext(out word, out _))
        {
            if (!decoder.TryDecode(word, builder.Free))
                return builder.Fail("RDATA", word, "is not hex");
        }

        if (!decoder.TryFinish() || decoder.Length != length)
        {
            return builder.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"RDATA has {decoder.Length} octets, but its length is given as {length}"));
        }

        builder.Advance(decoder.Length);
        return true;
    }

    /// <summary>Appends the generic form.</summary>
    public static void Append(StringBuilder text, ReadOnlySpan<byte> rdata)
    {
        text.Append(CultureInfo.InvariantCulture, $"\\# {rdata.Length}");
        if (rdata.IsEmpty)
            return;
        text.Append(' ');
        BinaryText.AppendHex(text, rdata, splits: true);
    }
}
