using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Names;

/// <summary>What is wrong with the presentation form of a name.</summary>
public enum NameTextError
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Two dots in a row, or a dot at the start.</summary>
    EmptyLabel,

    /// <summary>A label is longer than 63 octets.</summary>
    LabelTooLong,

    /// <summary>The name is longer than 255 octets.</summary>
    NameTooLong,

    /// <summary>A backslash is not followed by a character or by three digits from 000 to 255.</summary>
    BadEscape,

    /// <summary>A character outside ASCII; write it as <c>\DDD</c> octets or as an A-label.</summary>
    NotAscii,

    /// <summary>Nothing at all.</summary>
    Empty,

    /// <summary>A bit-string label <c>\[…]</c>, withdrawn by RFC 3363 and RFC 6891 §5.</summary>
    BitStringLabel,

    /// <summary>A relative name, and nothing to complete it with.</summary>
    NoOrigin,
}

/// <summary>Names between presentation and wire form (RFC 1035 §5.1, RFC 4343 §2.1).</summary>
public static class NameText
{
    /// <summary>Longest presentation form that can be a name: 254 octets, each as <c>\DDD</c>, rounded up.</summary>
    private const int MaxTextBytes = 1_024;

    /// <summary>What does not stand for itself in a name's text.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create(".\\"u8);

    /// <summary>What needs no escape in any place of a master file.</summary>
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create("!#%&'*+,-/0123456789:<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>
    /// Reads a name of ASCII characters into <paramref name="destination"/>, as the overload over octets does.
    /// </summary>
    public static NameTextError TryParse(
        ReadOnlySpan<char> text, ReadOnlySpan<byte> origin, Span<byte> destination, out int length)
    {
        length = 0;
        if (text.Length > MaxTextBytes)
            return NameTextError.NameTooLong;
        Span<byte> octets = stackalloc byte[MaxTextBytes];
        if (Ascii.FromUtf16(text, octets, out int count) != OperationStatus.Done)
            return NameTextError.NotAscii;
        return TryParse(octets[..count], origin, destination, out length);
    }

    /// <summary>
    /// Reads a name into <paramref name="destination"/> (255 octets are enough). A name without final dot is completed with
    /// <paramref name="origin"/>, an error when that is empty; <c>@</c> alone is the origin. Octets outside ASCII are taken as they are
    /// (RFC 2181 §11).
    /// </summary>
    public static NameTextError TryParse(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> origin, Span<byte> destination, out int length)
    {
        length = 0;
        if (text.Length <= 1)
        {
            if (text.IsEmpty)
                return NameTextError.Empty;
            if (text[0] is (byte)'@' or (byte)'.')
                return CopyWhole(text[0] == '@' ? origin : WireName.Root, destination, out length);
        }

        int labelStart = 0;
        int at = 1;
        for (int i = 0; i < text.Length; i++)
        {
            int plain = text[i..].IndexOfAny(Special);
            if (plain != 0)
            {
                ReadOnlySpan<byte> run = plain < 0 ? text[i..] : text.Slice(i, plain);
                if (at + run.Length > WireName.MaxBytes)
                    return NameTextError.NameTooLong;
                run.CopyTo(destination[at..]);
                at += run.Length;
                i += run.Length;
                if (plain < 0)
                    break;
            }

            if (text[i] == '.')
            {
                NameTextError closed = CloseLabel(destination, labelStart, at);
                if (closed != NameTextError.None)
                    return closed;
                labelStart = at;
                at++;
                continue;
            }

            NameTextError escape = ReadEscape(text, ref i, out byte octet);
            if (escape != NameTextError.None)
                return escape;
            if (at >= WireName.MaxBytes)
                return NameTextError.NameTooLong;
            destination[at++] = octet;
        }

        bool isAbsolute = at == labelStart + 1;
        if (!isAbsolute)
        {
            NameTextError closed = CloseLabel(destination, labelStart, at);
            if (closed != NameTextError.None)
                return closed;
            labelStart = at;
        }

        ReadOnlySpan<byte> tail = isAbsolute ? WireName.Root : origin;
        if (tail.IsEmpty)
            return NameTextError.NoOrigin;
        if (labelStart + tail.Length > WireName.MaxBytes)
            return NameTextError.NameTooLong;
        tail.CopyTo(destination[labelStart..]);
        length = labelStart + tail.Length;
        return NameTextError.None;
    }

    /// <summary>Presentation form of an uncompressed wire name.</summary>
    public static string ToText(ReadOnlySpan<byte> name, bool keepFinalDot)
    {
        StringBuilder text = new(name.Length + 8);
        Append(text, name, keepFinalDot);
        return text.ToString();
    }

    /// <summary>
    /// Writes the presentation form of an uncompressed wire name in ASCII, with final dot, when no octet of it needs an escape; it is as
    /// long as the name. False without a trace when one does, and for the root.
    /// </summary>
    public static bool TryWritePlain(ReadOnlySpan<byte> name, Span<byte> destination, out int length)
    {
        length = 0;
        if (name[0] == 0 || destination.Length < name.Length)
            return false;
        for (int at = 0; name[at] != 0; at += name[at] + 1)
        {
            if (name.Slice(at + 1, name[at]).ContainsAnyExcept(Plain))
                return false;
        }

        // The octets of the labels, with a dot where the length of the next one stands.
        name[1..].CopyTo(destination);
        for (int at = name[0] + 1; ; at += name[at] + 1)
        {
            destination[at - 1] = (byte)'.';
            if (name[at] == 0)
                break;
        }

        length = name.Length - 1;
        return true;
    }

    /// <summary>Appends the presentation form of an uncompressed wire name, escaping what a master file would misread.</summary>
    [SkipLocalsInit]
    public static void Append(StringBuilder text, ReadOnlySpan<byte> name, bool keepFinalDot)
    {
        if (name[0] == 0)
        {
            text.Append('.');
            return;
        }

        // Of a plain name the text is its octets, with dots where the lengths of labels stand; the first length has no dot.
        Span<char> characters = stackalloc char[WireName.MaxBytes];
        Ascii.ToUtf16(name, characters, out _);
        int at = 0;
        while (name[at] != 0)
        {
            characters[at] = '.';
            ReadOnlySpan<byte> label = name.Slice(at + 1, name[at]);
            if (label.ContainsAnyExcept(Plain))
            {
                AppendEscaped(text, name, keepFinalDot);
                return;
            }

            at += label.Length + 1;
        }

        characters[at] = '.';
        text.Append(characters[1..(keepFinalDot ? at + 1 : at)]);
    }

    private static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> name, bool keepFinalDot)
    {
        int at = 0;
        while (name[at] != 0)
        {
            int end = at + 1 + name[at];
            if (at > 0)
                text.Append('.');
            for (at++; at < end; at++)
                AppendOctet(text, name[at]);
        }

        if (keepFinalDot)
            text.Append('.');
    }

    private static void AppendOctet(StringBuilder text, byte octet)
    {
        switch (octet)
        {
            case (byte)'.' or (byte)'\\' or (byte)'"' or (byte)'(' or (byte)')' or (byte)';' or (byte)'@' or (byte)'$':
                text.Append('\\').Append((char)octet);
                break;
            case > 0x20 and < 0x7F:
                text.Append((char)octet);
                break;
            default:
                text.Append('\\')
                    .Append((char)('0' + (octet / 100)))
                    .Append((char)('0' + (octet / 10 % 10)))
                    .Append((char)('0' + (octet % 10)));
                break;
        }
    }

    private static NameTextError CloseLabel(Span<byte> destination, int labelStart, int at)
    {
        int labelLength = at - labelStart - 1;
        if (labelLength == 0)
            return NameTextError.EmptyLabel;
        if (labelLength > WireName.MaxLabelBytes)
            return NameTextError.LabelTooLong;
        if (at >= WireName.MaxBytes)
            return NameTextError.NameTooLong;
        destination[labelStart] = (byte)labelLength;
        return NameTextError.None;
    }

    private static NameTextError CopyWhole(ReadOnlySpan<byte> name, Span<byte> destination, out int length)
    {
        name.CopyTo(destination);
        length = name.Length;
        return name.IsEmpty ? NameTextError.NoOrigin : NameTextError.None;
    }

    private static NameTextError ReadEscape(ReadOnlySpan<byte> text, ref int i, out byte octet)
    {
        octet = 0;
        if (i + 1 >= text.Length)
            return NameTextError.BadEscape;
        if (text[i + 1] == '[')
            return NameTextError.BitStringLabel;
        int at = i + 1;
        if (!CharacterString.TryReadEscape(text, ref at, out octet))
            return NameTextError.BadEscape;
        i = at - 1;
        return NameTextError.None;
    }
}
