using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Zones.Loading;

/// <summary>Addresses that stand where a name is due.</summary>
internal static class MisplacedAddress
{
    private const int LongestText = 46;

    /// <summary>True when a word is an address; one final dot does not make it a name.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty || word.Length > LongestText || !(word[0] == (byte)':' || char.IsAsciiHexDigit((char)word[0])))
            return false;
        ReadOnlySpan<byte> text = word[^1] == (byte)'.' ? word[..^1] : word;
        Span<byte> address = stackalloc byte[IPv6Text.Bytes];
        return IPv4Text.TryParse(text, address) || (text.Contains((byte)':') && IPv6Text.TryParse(text, address));
    }

    /// <summary>The word for a message.</summary>
    public static string Show(ReadOnlySpan<byte> word) => Encoding.ASCII.GetString(word);
}
