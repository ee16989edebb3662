using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Text;

/// <summary>Single words of a master file: classes, types, and what messages say of words.</summary>
internal static class MasterFileWords
{
    private const int MaxShownBytes = 60;
    private const int MaxMnemonicBytes = 16;

    /// <summary>Reads a class, by its mnemonic or as <c>CLASSnnn</c> (RFC 3597 §5).</summary>
    public static bool TryParseClass(ReadOnlySpan<byte> word, out RecordClass recordClass)
    {
        recordClass = default;
        if (word.Length == 2)
        {
            recordClass = ((word[0] | 0x20) << 8 | (word[1] | 0x20)) switch
            {
                ('i' << 8) | 'n' => RecordClass.In,
                ('c' << 8) | 'h' => RecordClass.Ch,
                ('h' << 8) | 's' => RecordClass.Hs,
                _ => default,
            };
            return recordClass != default;
        }

        if (word.Length is < 3 or > 10)
            return false;
        Span<char> chars = stackalloc char[10];
        if (!Encoding.ASCII.TryGetChars(word, chars, out int length))
            return false;
        ReadOnlySpan<char> text = chars[..length];
        if (text.StartsWith("CLASS", StringComparison.OrdinalIgnoreCase))
        {
            bool isNumber = ushort.TryParse(text[5..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort number);
            recordClass = new RecordClass(number);
            return isNumber;
        }

        if (text.Equals("ANY", StringComparison.OrdinalIgnoreCase))
            recordClass = RecordClass.Any;
        else if (text.Equals("NONE", StringComparison.OrdinalIgnoreCase))
            recordClass = RecordClass.None;
        else if (text.Equals("CHAOS", StringComparison.OrdinalIgnoreCase))
            recordClass = RecordClass.Ch;
        else if (text.Equals("HESIOD", StringComparison.OrdinalIgnoreCase))
            recordClass = RecordClass.Hs;
        return recordClass != default;
    }

    /// <summary>Reads a type, by its mnemonic or as <c>TYPEnnn</c> (RFC 3597 §5).</summary>
    public static bool TryParseType(ReadOnlySpan<byte> word, out RecordType type)
    {
        Span<char> text = stackalloc char[MaxMnemonicBytes];
        if (word.Length <= text.Length && Encoding.ASCII.TryGetChars(word, text, out int length))
            return RecordType.TryParse(text[..length], out type);
        type = default;
        return false;
    }

    /// <summary>What is wrong with a name, in BIND's words where it has some.</summary>
    public static string Describe(NameTextError error) => error switch
    {
        NameTextError.EmptyLabel => "empty label",
        NameTextError.LabelTooLong => "label too long",
        NameTextError.NameTooLong => "name too long",
        NameTextError.BadEscape => "bad escape",
        NameTextError.NotAscii => "not ASCII; write an A-label (xn--) or \\DDD octets",
        NameTextError.BitStringLabel => "bad label type: bit-string labels were withdrawn (RFC 6891 §5)",
        _ => "no name",
    };

    /// <summary>A word as far as a message should show it.</summary>
    public static string Show(ReadOnlySpan<byte> word)
    {
        StringBuilder text = new();
        foreach (byte octet in word[..Math.Min(word.Length, MaxShownBytes)])
            text.Append(octet is >= 0x20 and < 0x7F ? (char)octet : '?');
        return word.Length > MaxShownBytes ? text.Append("...").ToString() : text.ToString();
    }
}
