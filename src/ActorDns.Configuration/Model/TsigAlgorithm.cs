using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Model;

/// <summary>An HMAC algorithm of a key statement: its word there, its name on the wire (RFC 8945 §6) and its digest length.</summary>
public sealed record TsigAlgorithm(string Word, DomainName WireName, int DigestBits)
{
    /// <summary>The algorithms that a key statement may name.</summary>
    public static IReadOnlyList<TsigAlgorithm> All { get; } =
    [
        new("hmac-md5", DomainName.Parse("hmac-md5.sig-alg.reg.int."), 128),
        new("hmac-sha1", DomainName.Parse("hmac-sha1."), 160),
        new("hmac-sha224", DomainName.Parse("hmac-sha224."), 224),
        new("hmac-sha256", DomainName.Parse("hmac-sha256."), 256),
        new("hmac-sha384", DomainName.Parse("hmac-sha384."), 384),
        new("hmac-sha512", DomainName.Parse("hmac-sha512."), 512),
    ];

    /// <summary>True for MD5 and SHA-1, which RFC 8945 §6 advises against.</summary>
    public bool IsWeak => DigestBits <= 160;

    /// <summary>Reads the algorithm of a key statement with its truncation suffix, such as <c>hmac-sha256-128</c>.</summary>
    /// <returns>False when the algorithm is unknown; a suffix that is no number leaves <paramref name="bits"/> at -1.</returns>
    public static bool TryParse(string text, out TsigAlgorithm algorithm, out int? bits)
    {
        bits = null;
        algorithm = All[0];
        if (text.ToUpperInvariant() is "HMAC-MD5.SIG-ALG.REG.INT" or "HMAC-MD5.SIG-ALG.REG.INT.")
            return true;
        foreach (TsigAlgorithm candidate in All)
        {
            if (!text.StartsWith(candidate.Word, StringComparison.OrdinalIgnoreCase))
                continue;
            string rest = text[candidate.Word.Length..];
            algorithm = candidate;
            if (rest.Length == 0)
                return true;
            if (rest[0] != '-')
                continue;
            bits = int.TryParse(rest.AsSpan(1), System.Globalization.NumberStyles.None, null, out int number) ? number : -1;
            return true;
        }

        return false;
    }
}
