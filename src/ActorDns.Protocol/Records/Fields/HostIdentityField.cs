using System.Buffers.Binary;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>HIP in one field, since the lengths of HIT and key stand in front (RFC 8005 §5); names of servers to the end.</summary>
internal sealed class HostIdentityField(string name) : RdataField(name)
{
    private const int HeaderBytes = 4;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing("algorithm");
        if (!DecimalText.TryParse(word, byte.MaxValue, out uint algorithm))
            return builder.Fail("algorithm", word, "is not a number from 0 to 255");
        if (!text.TryNext(out ReadOnlySpan<byte> hitWord, out _))
            return builder.FailMissing("HIT");
        if (!text.TryNext(out ReadOnlySpan<byte> keyWord, out _))
            return builder.FailMissing("public key");
        Span<byte> free = builder.Free;
        if (free.Length < HeaderBytes)
            return builder.FailTooLong();
        if (!BinaryText.TryDecodeHex(hitWord, free[HeaderBytes..], out int hitLength)
            || hitLength is 0 or > byte.MaxValue)
        {
            return builder.Fail("HIT", hitWord, "is not 1 to 255 octets in hex");
        }

        if (!BinaryText.TryDecodeBase64(keyWord, free[(HeaderBytes + hitLength)..], out int keyLength) || keyLength == 0)
            return builder.Fail("public key", keyWord, "is not base64");
        free[0] = (byte)hitLength;
        free[1] = (byte)algorithm;
        BinaryPrimitives.WriteUInt16BigEndian(free[2..], (ushort)keyLength);
        builder.Advance(HeaderBytes + hitLength + keyLength);
        while (text.TryNext(out word, out _))
        {
            if (!builder.TryAppendName("rendezvous server", word, text.Origin))
                return false;
        }

        return true;
    }

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < HeaderBytes)
            return -1;
        int at = ServersOffset(rest);
        if (rest[0] == 0 || at == HeaderBytes + rest[0] || rest.Length < at)
            return -1;
        while (at < rest.Length)
        {
            int size = NameField.MeasureName(rest[at..]);
            if (size < 0)
                return -1;
            at += size;
        }

        return at;
    }

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        int keyOffset = HeaderBytes + field[0];
        int at = ServersOffset(field);
        text.Append(field[1]).Append(' ');
        BinaryText.AppendHex(text, field[HeaderBytes..keyOffset]);
        text.Append(' ');
        BinaryText.AppendBase64(text, field[keyOffset..at]);
        while (at < field.Length)
        {
            int size = NameField.MeasureName(field[at..]);
            text.Append(' ');
            NameText.Append(text, field.Slice(at, size), keepFinalDot: true);
            at += size;
        }
    }

    private static int ServersOffset(ReadOnlySpan<byte> field) =>
        HeaderBytes + field[0] + BinaryPrimitives.ReadUInt16BigEndian(field[2..]);
}
