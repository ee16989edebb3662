using System.Buffers.Binary;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>
/// The items of APL (RFC 3123 §4): address family, prefix length, negation bit and the address without its trailing zero
/// octets. Families other than IPv4 and IPv6 have no text.
/// </summary>
internal sealed class AddressPrefixesField(string name) : RdataField(name)
{
    private const int HeaderBytes = 4;
    private const int NegationBit = 0x80;
    private const int LengthMask = 0x7F;
    private const int FamilyIPv4 = 1;
    private const int FamilyIPv6 = 2;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        Span<byte> address = stackalloc byte[IPv6Text.Bytes];
        while (text.TryNext(out ReadOnlySpan<byte> word, out _))
        {
            bool isNegated = word.StartsWith("!"u8);
            ReadOnlySpan<byte> item = isNegated ? word[1..] : word;
            int colon = item.IndexOf((byte)':');
            int slash = item.LastIndexOf((byte)'/');
            if (colon < 0
                || slash < colon
                || !DecimalText.TryParse(item[..colon], FamilyIPv6, out uint family)
                || AddressBytes((int)family) == 0
                || !DecimalText.TryParse(item[(slash + 1)..], (uint)AddressBytes((int)family) * 8, out uint prefix)
                || !TryParseAddress(item[(colon + 1)..slash], (int)family, address))
            {
                return builder.Fail(Name, word, "is not [!]1:IPv4/LENGTH or [!]2:IPv6/LENGTH");
            }

            ReadOnlySpan<byte> used = address[..AddressBytes((int)family)].TrimEnd((byte)0);
            if (!builder.TryAppendUInt16((ushort)family)
                || !builder.TryAppendByte((byte)prefix)
                || !builder.TryAppendByte((byte)(used.Length | (isNegated ? NegationBit : 0)))
                || !builder.TryAppend(used))
            {
                return false;
            }
        }

        return true;
    }

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        int at = 0;
        while (at < rest.Length)
        {
            if (rest.Length - at < HeaderBytes)
                return -1;
            int size = ItemBytes(rest[at..]);
            if (rest.Length - at < size)
                return -1;
            int length = size - HeaderBytes;
            int limit = AddressBytes(Family(rest[at..]));
            if (limit > 0 && (rest[at + 2] > limit * 8 || length > limit))
                return -1;
            if (length > 0 && rest[at + size - 1] == 0)
                return -1;
            at += size;
        }

        return at;
    }

    public override bool IsPrintable(ReadOnlySpan<byte> field)
    {
        for (ReadOnlySpan<byte> rest = field; !rest.IsEmpty; rest = rest[ItemBytes(rest)..])
        {
            if (AddressBytes(Family(rest)) == 0)
                return false;
        }

        return true;
    }

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        Span<byte> address = stackalloc byte[IPv6Text.Bytes];
        for (ReadOnlySpan<byte> rest = field; !rest.IsEmpty; rest = rest[ItemBytes(rest)..])
        {
            if (rest.Length < field.Length)
                text.Append(' ');
            if ((rest[3] & NegationBit) != 0)
                text.Append('!');
            int family = Family(rest);
            text.Append(family).Append(':');
            address.Clear();
            rest[HeaderBytes..ItemBytes(rest)].CopyTo(address);
            if (family == FamilyIPv4)
                IPv4Text.Append(text, address);
            else
                IPv6Text.Append(text, address);
            text.Append('/').Append((int)rest[2]);
        }
    }

    private static int Family(ReadOnlySpan<byte> item) => BinaryPrimitives.ReadUInt16BigEndian(item);

    private static int ItemBytes(ReadOnlySpan<byte> item) => HeaderBytes + (item[3] & LengthMask);

    private static int AddressBytes(int family) => family switch
    {
        FamilyIPv4 => IPv4Text.Bytes,
        FamilyIPv6 => IPv6Text.Bytes,
        _ => 0,
    };

    private static bool TryParseAddress(ReadOnlySpan<byte> text, int family, Span<byte> address) =>
        family == FamilyIPv4 ? IPv4Text.TryParse(text, address) : IPv6Text.TryParse(text, address);
}
