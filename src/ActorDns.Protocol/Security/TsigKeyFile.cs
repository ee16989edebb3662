using System.Globalization;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Security;

/// <summary>
/// Imports the file pairs <c>Kname.+alg+id.key</c> and <c>.private</c> that older BIND tools wrote for HMAC keys. Both hold the
/// secret. The numbers are BIND's own: 157 MD5, 161 SHA-1, 162 SHA-224, 163 SHA-256, 164 SHA-384, 165 SHA-512.
/// </summary>
public static class TsigKeyFile
{
    /// <summary>Reads name and algorithm out of a file name, with or without directory and ending.</summary>
    public static TsigKeyFileError TryParseFileName(ReadOnlySpan<char> path, out DomainName name, out TsigAlgorithm algorithm)
    {
        name = DomainName.Root;
        algorithm = TsigAlgorithm.HmacSha256;
        ReadOnlySpan<char> file = Path.GetFileName(path);
        int idMark = file.LastIndexOf('+');
        if (idMark <= 0 || file[0] != 'K')
            return TsigKeyFileError.UnknownFormat;
        int algorithmMark = file[..idMark].LastIndexOf('+');
        if (algorithmMark <= 1)
            return TsigKeyFileError.UnknownFormat;
        if (!TryParseNumber(file[(algorithmMark + 1)..idMark], out algorithm))
            return TsigKeyFileError.UnknownAlgorithm;
        return DomainName.TryParse(file[1..algorithmMark], DomainName.Root, out name)
            ? TsigKeyFileError.None
            : TsigKeyFileError.BadName;
    }

    /// <summary>
    /// Reads a <c>.private</c> file's text; the name comes from the file's name. Bits and times in it mean nothing to
    /// us.
    /// </summary>
    public static TsigKeyFileError TryParsePrivate(ReadOnlySpan<char> text, DomainName name, out TsigKey? key)
    {
        key = null;
        bool isFormatKnown = false;
        TsigAlgorithm? algorithm = null;
        TsigSecret? secret = null;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            int colon = line.IndexOf(':');
            if (colon < 0)
                continue;
            ReadOnlySpan<char> value = line[(colon + 1)..].Trim();
            switch (line[..colon].Trim())
            {
                case "Private-key-format":
                    isFormatKnown = value is "v1.2" or "v1.3";
                    break;
                case "Algorithm":
                    int end = value.IndexOf(' ');
                    if (!TryParseNumber(end < 0 ? value : value[..end], out TsigAlgorithm found))
                        return TsigKeyFileError.UnknownAlgorithm;
                    algorithm = found;
                    break;
                case "Key":
                    if (!TsigSecret.TryFromBase64(value, out secret))
                        return TsigKeyFileError.BadSecret;
                    break;
                default:
                    break;
            }
        }

        if (!isFormatKnown)
            return TsigKeyFileError.UnknownFormat;
        if (algorithm is null)
            return TsigKeyFileError.UnknownAlgorithm;
        if (secret is null)
            return TsigKeyFileError.BadSecret;
        key = new TsigKey(name, algorithm, secret);
        return TsigKeyFileError.None;
    }

    /// <summary>Reads a <c>.key</c> file's text: one KEY record, <c>name [TTL] IN KEY flags 3 alg base64</c>.</summary>
    public static TsigKeyFileError TryParsePublic(ReadOnlySpan<char> text, out TsigKey? key)
    {
        key = null;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            int comment = line.IndexOf(';');
            string[] words = (comment < 0 ? line : line[..comment]).ToString().Split(
                (char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            int type = Array.FindIndex(words, word => word.Equals("KEY", StringComparison.OrdinalIgnoreCase));
            if (type is < 1 or > 3 || words.Length < type + 5)
                return TsigKeyFileError.UnknownFormat;
            if (!DomainName.TryParse(words[0], DomainName.Root, out DomainName name))
                return TsigKeyFileError.BadName;
            if (!TryParseNumber(words[type + 3], out TsigAlgorithm algorithm))
                return TsigKeyFileError.UnknownAlgorithm;
            if (!TsigSecret.TryFromBase64(string.Concat(words[(type + 4)..]), out TsigSecret secret))
                return TsigKeyFileError.BadSecret;
            key = new TsigKey(name, algorithm, secret);
            return TsigKeyFileError.None;
        }

        return TsigKeyFileError.UnknownFormat;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out TsigAlgorithm algorithm)
    {
        TsigAlgorithm? found = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number switch
            {
                157 => TsigAlgorithm.HmacMd5,
                161 => TsigAlgorithm.HmacSha1,
                162 => TsigAlgorithm.HmacSha224,
                163 => TsigAlgorithm.HmacSha256,
                164 => TsigAlgorithm.HmacSha384,
                165 => TsigAlgorithm.HmacSha512,
                _ => null,
            }
            : null;
        algorithm = found ?? TsigAlgorithm.HmacSha256;
        return found is not null;
    }
}
