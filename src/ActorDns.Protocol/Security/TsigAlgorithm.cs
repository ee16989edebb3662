using System.Globalization;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Security;

/// <summary>
/// A MAC algorithm of TSIG (RFC 8945 §6). Three of them have a second wire name that stands for the MAC cut to half its length.
/// <c>gss-tsig.</c> is not implemented and so unknown.
/// </summary>
public sealed class TsigAlgorithm
{
    /// <summary>HMAC-MD5: must be implemented, must not be used for new keys.</summary>
    public static readonly TsigAlgorithm HmacMd5 = new(HashFunction.Md5, "hmac-md5", "hmac-md5.sig-alg.reg.int.", 0);

    /// <summary>HMAC-SHA-1: must be implemented, use not recommended.</summary>
    public static readonly TsigAlgorithm HmacSha1 = new(HashFunction.Sha1, "hmac-sha1", "hmac-sha1.", 0);

    /// <summary>HMAC-SHA-224.</summary>
    public static readonly TsigAlgorithm HmacSha224 = new(HashFunction.Sha224, "hmac-sha224", "hmac-sha224.", 0);

    /// <summary>HMAC-SHA-256, the recommended one; also <c>hmac-sha256-128.</c>.</summary>
    public static readonly TsigAlgorithm HmacSha256 = new(HashFunction.Sha256, "hmac-sha256", "hmac-sha256.", 16);

    /// <summary>HMAC-SHA-384; also <c>hmac-sha384-192.</c>.</summary>
    public static readonly TsigAlgorithm HmacSha384 = new(HashFunction.Sha384, "hmac-sha384", "hmac-sha384.", 24);

    /// <summary>HMAC-SHA-512; also <c>hmac-sha512-256.</c>.</summary>
    public static readonly TsigAlgorithm HmacSha512 = new(HashFunction.Sha512, "hmac-sha512", "hmac-sha512.", 32);

    private const string Md5LongName = "hmac-md5.sig-alg.reg.int";

    private static readonly TsigAlgorithm[] Every = [HmacSha256, HmacSha512, HmacSha384, HmacSha224, HmacSha1, HmacMd5];

    private readonly DomainName _wireName;
    private readonly DomainName _truncatedWireName;

    private TsigAlgorithm(HashFunction hash, string name, string wireName, int truncatedBytes)
    {
        Hash = hash;
        Name = name;
        _wireName = DomainName.Parse(wireName);
        TruncatedBytes = truncatedBytes;
        if (truncatedBytes != 0)
            _truncatedWireName = DomainName.Parse(string.Create(CultureInfo.InvariantCulture, $"{name}-{truncatedBytes * 8}."));
    }

    /// <summary>Every algorithm implemented, the strongest recommendation first.</summary>
    public static IReadOnlyList<TsigAlgorithm> All => Every;

    /// <summary>The word of the configuration, <c>hmac-sha256</c>.</summary>
    public string Name { get; }

    /// <summary>True for MD5 and SHA-1, which new keys should not use (RFC 8945 §6).</summary>
    public bool IsWeak => Hash is HashFunction.Md5 or HashFunction.Sha1;

    /// <summary>Octets of a whole MAC.</summary>
    public int DigestBytes => ManagedHash.DigestBytes(Hash);

    /// <summary>
    /// Shortest MAC that may be sent at all: the larger of 10 octets and half the whole (RFC 8945 §5.2.2.1).
    /// </summary>
    public int ShortestMacBytes => Math.Max(10, DigestBytes / 2);

    /// <summary>The algorithm's name on the wire, lower case, uncompressed.</summary>
    public ReadOnlySpan<byte> WireName => _wireName.Wire;

    /// <summary>True when a second wire name exists that stands for a MAC of <see cref="TruncatedBytes"/>.</summary>
    public bool HasTruncatedName => TruncatedBytes != 0;

    /// <summary>Octets of a MAC under the truncated name, 0 when there is none.</summary>
    public int TruncatedBytes { get; }

    /// <summary>The second wire name; the root when there is none.</summary>
    public ReadOnlySpan<byte> TruncatedWireName => _truncatedWireName.Wire;

    internal HashFunction Hash { get; }

    /// <summary>
    /// Finds the algorithm that a wire name means, in any case; false for one not implemented (BADKEY, RFC 8945
    /// §5.2.1).
    /// </summary>
    public static bool TryFromWire(ReadOnlySpan<byte> wireName, out TsigAlgorithm algorithm, out bool isTruncatedName)
    {
        foreach (TsigAlgorithm candidate in Every)
        {
            bool isBase = Names.WireName.Equal(wireName, candidate.WireName);
            if (!isBase && !(candidate.HasTruncatedName && Names.WireName.Equal(wireName, candidate.TruncatedWireName)))
                continue;
            algorithm = candidate;
            isTruncatedName = !isBase;
            return true;
        }

        algorithm = HmacSha256;
        isTruncatedName = false;
        return false;
    }

    /// <summary>
    /// Reads the configuration's word: any case, <c>hmac-</c> and a final dot optional, MD5 under its long name as well, and a
    /// suffix <c>-NBITS</c>, the least length of a MAC in bits, a multiple of 8; 0 when the suffix is absent.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TsigAlgorithm algorithm, out int minimumMacBits)
    {
        minimumMacBits = 0;
        algorithm = HmacSha256;
        if (text.EndsWith("."))
            text = text[..^1];
        foreach (TsigAlgorithm candidate in Every)
        {
            if (!TryStripName(text, candidate, out ReadOnlySpan<char> suffix))
                continue;
            if (!suffix.IsEmpty && !TryReadBits(suffix, candidate, out minimumMacBits))
                return false;
            algorithm = candidate;
            return true;
        }

        return false;
    }

    /// <summary>The word of the configuration.</summary>
    public override string ToString() => Name;

    private static bool TryStripName(ReadOnlySpan<char> text, TsigAlgorithm candidate, out ReadOnlySpan<char> suffix)
    {
        suffix = default;
        ReadOnlySpan<char> name = candidate.Name;
        if (candidate == HmacMd5 && text.StartsWith(Md5LongName, StringComparison.OrdinalIgnoreCase))
            name = Md5LongName;
        else if (!text.StartsWith("hmac-", StringComparison.OrdinalIgnoreCase))
            name = name["hmac-".Length..];
        if (!text.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            return false;
        suffix = text[name.Length..];
        return suffix.IsEmpty || suffix[0] == '-';
    }

    private static bool TryReadBits(ReadOnlySpan<char> suffix, TsigAlgorithm candidate, out int bits) =>
        int.TryParse(suffix[1..], NumberStyles.None, CultureInfo.InvariantCulture, out bits)
        && bits > 0 && bits % 8 == 0 && bits <= candidate.DigestBytes * 8;
}
