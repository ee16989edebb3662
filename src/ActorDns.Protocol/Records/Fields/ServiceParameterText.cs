using System.Buffers.Binary;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>Reads the value of one SVCB parameter from text (RFC 9460 §2.1, §A.1).</summary>
internal static class ServiceParameterText
{
    /// <summary>Stands for every key whose value is read as octets.</summary>
    public const ushort AsOctets = ushort.MaxValue;

    private const int MaxListBytes = 4_096;

    /// <summary>Adds the octets of a value; a key without a presentation form of its own is read as octets.</summary>
    public static bool TryParse(
        ushort key, ReadOnlySpan<byte> keyWord, ReadOnlySpan<byte> value, ref RdataBuilder builder)
    {
        switch (key)
        {
            case ServiceParameters.Mandatory:
            case ServiceParameters.Alpn:
            case ServiceParameters.IPv4Hint:
            case ServiceParameters.IPv6Hint:
                return TryParseList(key, keyWord, value, ref builder);
            case ServiceParameters.Port:
                return DecimalText.TryParse(value, ushort.MaxValue, out uint port)
                    ? builder.TryAppendUInt16((ushort)port)
                    : builder.Fail("port", value, "is not a number from 0 to 65535");
            case ServiceParameters.Ech:
                if (!BinaryText.TryDecodeBase64(value, builder.Free, out int echLength) || echLength == 0)
                    return builder.Fail("ech", value, "is not base64");
                builder.Advance(echLength);
                return true;
            case ServiceParameters.NoDefaultAlpn:
            case ServiceParameters.Ohttp:
                return value.IsEmpty || builder.Fail("parameter", keyWord, "takes no value");
            default:
                if (!CharacterString.TryUnescape(value, builder.Free, out int length))
                    return builder.Fail("parameter value", value, "is too long or has a bad escape");
                builder.Advance(length);
                return true;
        }
    }

    private static bool TryParseList(
        ushort key, ReadOnlySpan<byte> keyWord, ReadOnlySpan<byte> value, ref RdataBuilder builder)
    {
        Span<byte> list = stackalloc byte[MaxListBytes];
        if (!CharacterString.TryUnescape(value, list, out int length))
            return builder.Fail("parameter value", value, "is longer than 4096 octets or has a bad escape");
        if (length == 0)
            return builder.Fail("parameter", keyWord, "has no value");
        int start = builder.Length;
        Span<byte> item = stackalloc byte[CharacterString.MaxBytes];
        int itemLength = 0;
        for (int at = 0; at <= length; at++)
        {
            if (at == length || list[at] == ',')
            {
                if (!TryAppendItem(key, item[..itemLength], ref builder))
                    return false;
                itemLength = 0;
                continue;
            }

            if (list[at] == '\\' && (++at == length || list[at] is not ((byte)',' or (byte)'\\')))
                return builder.Fail("parameter value", value, "has a bad escape in its list");
            if (itemLength == item.Length)
                return builder.Fail("parameter value", value, "has an item of more than 255 octets");
            item[itemLength++] = list[at];
        }

        return key != ServiceParameters.Mandatory
            || TrySortKeys(builder.WrittenFrom(start))
            || builder.Fail("mandatory", value, "lists a key twice");
    }

    private static bool TryAppendItem(ushort key, scoped ReadOnlySpan<byte> item, ref RdataBuilder builder)
    {
        Span<byte> address = stackalloc byte[IPv6Text.Bytes];
        switch (key)
        {
            case ServiceParameters.Mandatory:
                return ServiceParameters.TryParseKey(item, out ushort listed, out _)
                    ? builder.TryAppendUInt16(listed)
                    : builder.Fail("mandatory", item, "is not a known key or keyNNNNN");
            case ServiceParameters.Alpn:
                if (item.IsEmpty)
                    return builder.Fail("alpn has an empty protocol name");
                return builder.TryAppendByte((byte)item.Length) && builder.TryAppend(item);
            case ServiceParameters.IPv4Hint:
                return IPv4Text.TryParse(item, address)
                    ? builder.TryAppend(address[..IPv4Text.Bytes])
                    : builder.Fail("ipv4hint", item, "is not an IPv4 address");
            default:
                return IPv6Text.TryParse(item, address)
                    ? builder.TryAppend(address)
                    : builder.Fail("ipv6hint", item, "is not an IPv6 address");
        }
    }

    /// <summary>Sorts 16-bit keys in place; false when one stands twice.</summary>
    private static bool TrySortKeys(Span<byte> keys)
    {
        for (int at = 2; at < keys.Length; at += 2)
        {
            ushort key = BinaryPrimitives.ReadUInt16BigEndian(keys[at..]);
            int slot = at;
            for (; slot > 0 && BinaryPrimitives.ReadUInt16BigEndian(keys[(slot - 2)..]) >= key; slot -= 2)
            {
                if (BinaryPrimitives.ReadUInt16BigEndian(keys[(slot - 2)..]) == key)
                    return false;
                keys.Slice(slot - 2, 2).CopyTo(keys[slot..]);
            }

            BinaryPrimitives.WriteUInt16BigEndian(keys[slot..], key);
        }

        return true;
    }
}
