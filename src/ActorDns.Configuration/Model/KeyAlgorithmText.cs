using System.Globalization;
using ActorDns.Protocol.Security;

namespace ActorDns.Configuration.Model;

/// <summary>The algorithm of a key statement, as BIND reads it there: stricter in its words and more exact in what is wrong.</summary>
internal static class KeyAlgorithmText
{
    /// <summary>Reads an algorithm with its truncation suffix, such as <c>hmac-sha256-128</c>.</summary>
    /// <returns>False when the algorithm is unknown; a suffix that is no number leaves <paramref name="bits"/> at -1.</returns>
    public static bool TryParse(string text, out TsigAlgorithm algorithm, out int? bits)
    {
        bits = null;
        algorithm = TsigAlgorithm.HmacMd5;
        if (text.ToUpperInvariant() is "HMAC-MD5.SIG-ALG.REG.INT" or "HMAC-MD5.SIG-ALG.REG.INT.")
            return true;
        foreach (TsigAlgorithm candidate in TsigAlgorithm.All)
        {
            if (!text.StartsWith(candidate.Name, StringComparison.OrdinalIgnoreCase))
                continue;
            string rest = text[candidate.Name.Length..];
            algorithm = candidate;
            if (rest.Length == 0)
                return true;
            if (rest[0] != '-')
                continue;
            bits = int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
            return true;
        }

        return false;
    }
}
