using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Security;

/// <summary>
/// A shared key (RFC 8945 §4.2, §8): name, algorithm, truncation policy (§7) and secret. Immutable and safe to share; the hash
/// states that depend on the secret alone are computed once.
/// </summary>
public sealed class TsigKey
{
    private readonly byte[] _variablesStart;
    private readonly byte[] _truncatedVariablesStart;

    /// <summary>Makes a key; <paramref name="minimumMacBits"/> 0 asks for the whole MAC.</summary>
    /// <exception cref="ArgumentException">The bits are not a multiple of 8 within the digest, or the secret is empty.</exception>
    public TsigKey(DomainName name, TsigAlgorithm algorithm, TsigSecret secret, int minimumMacBits = 0)
        : this(name, algorithm, secret, minimumMacBits, preferNative: true)
    {
    }

    internal TsigKey(DomainName name, TsigAlgorithm algorithm, TsigSecret secret, int minimumMacBits, bool preferNative)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(secret);
        if (minimumMacBits < 0 || minimumMacBits % 8 != 0 || minimumMacBits > algorithm.DigestBytes * 8)
            throw new ArgumentException("not a multiple of 8 up to the digest's bits", nameof(minimumMacBits));
        if (secret.Length == 0)
            throw new ArgumentException("a key needs a secret", nameof(secret));
        Name = name;
        Algorithm = algorithm;
        Secret = secret;
        MinimumMacBits = minimumMacBits;
        Hmac = new HmacTemplate(algorithm.Hash, secret.Octets, preferNative);
        _variablesStart = MakeVariablesStart(name, algorithm.WireName);
        _truncatedVariablesStart = MakeVariablesStart(name, algorithm.TruncatedWireName);
    }

    /// <summary>The key's name; names are compared without regard to case.</summary>
    public DomainName Name { get; }

    /// <summary>The only algorithm that the key is used with.</summary>
    public TsigAlgorithm Algorithm { get; }

    /// <summary>The shared secret.</summary>
    public TsigSecret Secret { get; }

    /// <summary>Least length of a MAC in bits as configured, 0 when the whole MAC is asked for.</summary>
    public int MinimumMacBits { get; }

    /// <summary>
    /// Least length of a MAC in octets that policy accepts; a shorter one is answered by BADTRUNC (RFC 8945 §5.2.4).
    /// </summary>
    public int MinimumMacBytes => MinimumMacBits == 0 ? Algorithm.DigestBytes : MinimumMacBits / 8;

    /// <summary>
    /// Octets of the MACs that this key makes: the policy's, but never fewer than RFC 8945 §5.2.2.1 permits.
    /// </summary>
    public int MacBytes => Math.Max(MinimumMacBytes, Algorithm.ShortestMacBytes);

    /// <summary>The configuration's word for the algorithm with the policy's suffix, <c>hmac-sha256-128</c>.</summary>
    public string AlgorithmText => MinimumMacBits == 0
        ? Algorithm.Name
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Algorithm.Name}-{MinimumMacBits}");

    internal HmacTemplate Hmac { get; }

    /// <summary>
    /// HMAC over the pieces in order; writes the whole MAC into <paramref name="mac"/> (room for
    /// <see cref="TsigAlgorithm.DigestBytes"/>) and returns its octets. Allocates nothing where the native library is present.
    /// </summary>
    public int ComputeMac(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> mac)
    {
        HmacRun run = default;
        run.Start(Hmac);
        run.Append(first);
        if (!second.IsEmpty)
            run.Append(second);
        if (!third.IsEmpty)
            run.Append(third);
        return run.Finish(mac);
    }

    /// <summary>HMAC over one piece; see the longer form.</summary>
    public int ComputeMac(ReadOnlySpan<byte> input, Span<byte> mac) => ComputeMac(input, default, default, mac);

    /// <summary>Name and algorithm, never the secret.</summary>
    public override string ToString() => $"{Name.ToLogString()} ({AlgorithmText})";

    /// <summary>
    /// True when messages that name <paramref name="algorithm"/> may use this key. A truncated name is for keys whose policy
    /// truncates: a key that asks for the whole MAC has agreed on another algorithm.
    /// </summary>
    internal bool Allows(TsigAlgorithm algorithm, bool isTruncatedName) =>
        algorithm == Algorithm && (!isTruncatedName || MinimumMacBytes < algorithm.DigestBytes);

    /// <summary>
    /// The canonical head of the TSIG variables: name, CLASS ANY, TTL 0, algorithm (RFC 8945 §4.3.3).
    /// </summary>
    internal ReadOnlySpan<byte> VariablesStart(bool isTruncatedName) =>
        isTruncatedName ? _truncatedVariablesStart : _variablesStart;

    private static byte[] MakeVariablesStart(DomainName name, ReadOnlySpan<byte> algorithmName)
    {
        ReadOnlySpan<byte> wire = name.Wire;
        byte[] start = new byte[wire.Length + 6 + algorithmName.Length];
        WireName.CopyFolded(wire, start);
        start[wire.Length + 1] = (byte)RecordClass.Any.Value;
        WireName.CopyFolded(algorithmName, start.AsSpan(wire.Length + 6));
        return start;
    }
}
