using System.Buffers.Binary;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>Keys of SVCB parameters, what their values must look like, and how they print (RFC 9460 §7, §8).</summary>
internal static class ServiceParameters
{
    /// <summary>Which other keys a client must understand (RFC 9460 §8).</summary>
    public const ushort Mandatory = 0;

    /// <summary>Protocols of the endpoint (RFC 9460 §7.1).</summary>
    public const ushort Alpn = 1;

    /// <summary>The scheme's own protocol is not offered (RFC 9460 §7.1).</summary>
    public const ushort NoDefaultAlpn = 2;

    /// <summary>Port of the endpoint (RFC 9460 §7.2).</summary>
    public const ushort Port = 3;

    /// <summary>IPv4 addresses to try (RFC 9460 §7.3).</summary>
    public const ushort IPv4Hint = 4;

    /// <summary>Encrypted ClientHello configuration.</summary>
    public const ushort Ech = 5;

    /// <summary>IPv6 addresses to try (RFC 9460 §7.3).</summary>
    public const ushort IPv6Hint = 6;

    /// <summary>URI template of DNS over HTTPS (RFC 9461 §5).</summary>
    public const ushort DohPath = 7;

    /// <summary>The service is reached through Oblivious HTTP (RFC 9540 §4).</summary>
    public const ushort Ohttp = 8;

    private const int HeaderBytes = 4;

    private static readonly MnemonicTable Keys = new(
        ("mandatory", Mandatory),
        ("alpn", Alpn),
        ("no-default-alpn", NoDefaultAlpn),
        ("port", Port),
        ("ipv4hint", IPv4Hint),
        ("ech", Ech),
        ("ipv6hint", IPv6Hint),
        ("dohpath", DohPath),
        ("ohttp", Ohttp));

    /// <summary>Reads a key's name or <c>keyNNNNN</c> without leading zeros; the latter's value is read as octets.</summary>
    public static bool TryParseKey(ReadOnlySpan<byte> word, out ushort key, out bool isGeneric)
    {
        isGeneric = false;
        key = 0;
        if (Keys.TryFind(word, out uint number))
        {
            key = (ushort)number;
            return true;
        }

        isGeneric = true;
        if (word.Length < 4
            || !Ascii.EqualsIgnoreCase(word[..3], "key"u8)
            || (word.Length > 4 && word[3] == '0')
            || !DecimalText.TryParse(word[3..], ushort.MaxValue, out number))
        {
            return false;
        }

        key = (ushort)number;
        return true;
    }

    /// <summary>Says what is wrong with all parameters of a record, or null (RFC 9460 §2.2, §7, §8).</summary>
    public static string? Complaint(ReadOnlySpan<byte> parameters)
    {
        int lastKey = -1;
        bool hasAlpn = false;
        ReadOnlySpan<byte> mandatory = default;
        for (ReadOnlySpan<byte> rest = parameters; !rest.IsEmpty;)
        {
            if (rest.Length < HeaderBytes)
                return "a parameter is cut short";
            int key = BinaryPrimitives.ReadUInt16BigEndian(rest);
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (rest.Length - HeaderBytes < length)
                return "a parameter is cut short";
            if (key <= lastKey)
                return "parameter keys are not in ascending order";
            ReadOnlySpan<byte> value = rest.Slice(HeaderBytes, length);
            if (Complaint(key, value) is { } complaint)
                return complaint;
            if (key == Mandatory)
                mandatory = value;
            hasAlpn |= key == Alpn;
            if (key == NoDefaultAlpn && !hasAlpn)
                return "no-default-alpn stands without alpn";
            lastKey = key;
            rest = rest[(HeaderBytes + length)..];
        }

        for (; !mandatory.IsEmpty; mandatory = mandatory[2..])
        {
            if (!Contains(parameters, BinaryPrimitives.ReadUInt16BigEndian(mandatory)))
                return "a key that mandatory lists is not there";
        }

        return null;
    }

    /// <summary>Appends <c>key</c> or <c>key=value</c>.</summary>
    public static void AppendText(StringBuilder text, ushort key, ReadOnlySpan<byte> value)
    {
        AppendKey(text, key);
        if (value.IsEmpty)
            return;
        text.Append('=');
        switch (key)
        {
            case Mandatory:
                for (int at = 0; at < value.Length; at += 2)
                {
                    AppendComma(text, at);
                    AppendKey(text, BinaryPrimitives.ReadUInt16BigEndian(value[at..]));
                }

                break;
            case Alpn:
                AppendProtocols(text, value);
                break;
            case Port:
                text.Append(BinaryPrimitives.ReadUInt16BigEndian(value));
                break;
            case IPv4Hint:
                for (int at = 0; at < value.Length; at += IPv4Text.Bytes)
                {
                    AppendComma(text, at);
                    IPv4Text.Append(text, value[at..]);
                }

                break;
            case Ech:
                BinaryText.AppendBase64(text, value);
                break;
            case IPv6Hint:
                for (int at = 0; at < value.Length; at += IPv6Text.Bytes)
                {
                    AppendComma(text, at);
                    IPv6Text.Append(text, value.Slice(at, IPv6Text.Bytes));
                }

                break;
            default:
                CharacterString.AppendQuoted(text, value);
                break;
        }
    }

    private static string? Complaint(int key, ReadOnlySpan<byte> value) => key switch
    {
        Mandatory => IsKeyList(value) ? null : "mandatory is not a list of other keys in ascending order",
        Alpn => IsProtocolList(value) ? null : "alpn is not a list of protocol names",
        NoDefaultAlpn => value.IsEmpty ? null : "no-default-alpn has a value",
        Port => value.Length == 2 ? null : "port is not a number of 16 bits",
        IPv4Hint => !value.IsEmpty && value.Length % IPv4Text.Bytes == 0 ? null : "ipv4hint is not a list of addresses",
        IPv6Hint => !value.IsEmpty && value.Length % IPv6Text.Bytes == 0 ? null : "ipv6hint is not a list of addresses",
        _ => null,
    };

    private static bool IsKeyList(ReadOnlySpan<byte> value)
    {
        int last = Mandatory;
        for (int at = 0; at + 1 < value.Length; at += 2)
        {
            int key = BinaryPrimitives.ReadUInt16BigEndian(value[at..]);
            if (key <= last)
                return false;
            last = key;
        }

        return !value.IsEmpty && value.Length % 2 == 0;
    }

    private static bool IsProtocolList(ReadOnlySpan<byte> value)
    {
        int at = 0;
        while (at < value.Length)
        {
            if (value[at] == 0)
                return false;
            at += value[at] + 1;
        }

        return at > 0 && at == value.Length;
    }

    private static bool Contains(ReadOnlySpan<byte> parameters, int key)
    {
        for (ReadOnlySpan<byte> rest = parameters; !rest.IsEmpty;)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == key)
                return true;
            rest = rest[(HeaderBytes + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]))..];
        }

        return false;
    }

    private static void AppendProtocols(StringBuilder text, ReadOnlySpan<byte> value)
    {
        text.Append('"');
        for (int at = 0; at < value.Length; at += value[at] + 1)
        {
            AppendComma(text, at);
            foreach (byte octet in value.Slice(at + 1, value[at]))
            {
                // A comma or backslash inside a list item is escaped once for the list and once more for the quotes.
                if (octet is (byte)',')
                    text.Append("\\\\,");
                else if (octet is (byte)'\\')
                    text.Append("\\\\\\\\");
                else
                    CharacterString.AppendOctet(text, octet);
            }
        }

        text.Append('"');
    }

    private static void AppendKey(StringBuilder text, ushort key)
    {
        // Keys from dohpath on print by number, which software older than their RFCs reads too.
        if (key < DohPath && Keys.NameOf(key) is { } known)
            text.Append(known);
        else
            text.Append("key").Append(key);
    }

    private static void AppendComma(StringBuilder text, int at)
    {
        if (at > 0)
            text.Append(',');
    }
}
