using System.Text;

namespace ActorDns.Protocol.Text;

/// <summary>
/// Octets as hex, base64 or base32 with extended hex alphabet (RFC 4648 §4, §7, §8). Base64 and hex may be split into words
/// anywhere; the decoder carries bits from one word to the next.
/// </summary>
public static class BinaryText
{
    /// <summary>Characters after which long base64 and hex get a space, as BIND prints them.</summary>
    private const int WordCharacters = 56;

    private const string Base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const string Base32HexAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    private const string HexAlphabet = "0123456789ABCDEF";
    private const byte NoDigit = 0xFF;

    private static readonly byte[] Base64Digits = MakeDigits(Base64Alphabet, foldsCase: false);
    private static readonly byte[] Base32HexDigits = MakeDigits(Base32HexAlphabet, foldsCase: true);
    private static readonly byte[] HexDigits = MakeDigits(HexAlphabet, foldsCase: true);

    /// <summary>Reads hex of one word.</summary>
    public static bool TryDecodeHex(ReadOnlySpan<byte> text, Span<byte> destination, out int length) =>
        TryDecode(BinaryDecoder.Hex, text, destination, out length);

    /// <summary>Reads base64 of one word, padded.</summary>
    public static bool TryDecodeBase64(ReadOnlySpan<byte> text, Span<byte> destination, out int length) =>
        TryDecode(BinaryDecoder.Base64, text, destination, out length);

    /// <summary>Reads base32 with extended hex alphabet in any letter case, without padding (RFC 5155 §3.3).</summary>
    public static bool TryDecodeBase32Hex(ReadOnlySpan<byte> text, Span<byte> destination, out int length) =>
        TryDecode(BinaryDecoder.Base32Hex, text, destination, out length);

    /// <summary>Appends upper-case hex, a space after every 56 characters when <paramref name="splits"/>.</summary>
    public static void AppendHex(StringBuilder text, ReadOnlySpan<byte> octets, bool splits = false)
    {
        for (int at = 0; at < octets.Length; at++)
        {
            if (splits && at > 0 && at % (WordCharacters / 2) == 0)
                text.Append(' ');
            text.Append(HexAlphabet[octets[at] >> 4]).Append(HexAlphabet[octets[at] & 15]);
        }
    }

    /// <summary>Appends padded base64, a space after every 56 characters when <paramref name="splits"/>.</summary>
    public static void AppendBase64(StringBuilder text, ReadOnlySpan<byte> octets, bool splits = false)
    {
        for (int at = 0; at < octets.Length; at += 3)
        {
            if (splits && at > 0 && at % (WordCharacters / 4 * 3) == 0)
                text.Append(' ');
            int left = octets.Length - at;
            int bits = octets[at] << 16;
            if (left > 1)
                bits |= octets[at + 1] << 8;
            if (left > 2)
                bits |= octets[at + 2];
            text.Append(Base64Alphabet[bits >> 18])
                .Append(Base64Alphabet[(bits >> 12) & 63])
                .Append(left > 1 ? Base64Alphabet[(bits >> 6) & 63] : '=')
                .Append(left > 2 ? Base64Alphabet[bits & 63] : '=');
        }
    }

    /// <summary>Appends upper-case base32 with extended hex alphabet, without padding (RFC 5155 §3.3).</summary>
    public static void AppendBase32Hex(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        uint bits = 0;
        int count = 0;
        foreach (byte octet in octets)
        {
            bits = (bits << 8) | octet;
            for (count += 8; count >= 5; count -= 5)
                text.Append(Base32HexAlphabet[(int)(bits >> (count - 5)) & 31]);
        }

        if (count > 0)
            text.Append(Base32HexAlphabet[(int)(bits << (5 - count)) & 31]);
    }

    internal static byte[] DigitsOf(int bitsPerDigit) => bitsPerDigit switch
    {
        4 => HexDigits,
        5 => Base32HexDigits,
        _ => Base64Digits,
    };

    private static bool TryDecode(
        BinaryDecoder decoder, ReadOnlySpan<byte> text, Span<byte> destination, out int length)
    {
        bool isGood = decoder.TryDecode(text, destination) && decoder.TryFinish();
        length = isGood ? decoder.Length : 0;
        return isGood;
    }

    private static byte[] MakeDigits(string alphabet, bool foldsCase)
    {
        byte[] digits = new byte[256];
        Array.Fill(digits, NoDigit);
        for (int value = 0; value < alphabet.Length; value++)
        {
            digits[alphabet[value]] = (byte)value;
            if (foldsCase)
                digits[char.ToLowerInvariant(alphabet[value])] = (byte)value;
        }

        return digits;
    }
}
