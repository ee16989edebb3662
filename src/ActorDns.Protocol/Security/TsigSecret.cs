using System.Diagnostics;
using System.Security.Cryptography;

namespace ActorDns.Protocol.Security;

/// <summary>
/// The octets that two parties share (RFC 8945 §8). Its printed form never shows them.
/// </summary>
[DebuggerDisplay("secret of {Length} octets")]
public sealed class TsigSecret : IEquatable<TsigSecret>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _octets;

    /// <summary>Copies the octets of a secret.</summary>
    public TsigSecret(ReadOnlySpan<byte> octets) => _octets = octets.ToArray();

    /// <summary>Number of octets.</summary>
    public int Length => _octets.Length;

    /// <summary>The octets, for code that computes with them.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>
    /// A fresh secret as long as the algorithm's digest, from the system's cryptographic generator (RFC 8945 §8).
    /// </summary>
    public static TsigSecret CreateRandom(TsigAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return new TsigSecret(RandomNumberGenerator.GetBytes(algorithm.DigestBytes));
    }

    /// <summary>Reads base64, white space allowed; false when the text is not base64 or holds no octet.</summary>
    public static bool TryFromBase64(ReadOnlySpan<char> text, out TsigSecret secret)
    {
        byte[] octets = new byte[(text.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(text, octets, out int written) || written == 0)
        {
            secret = new TsigSecret(default);
            return false;
        }

        secret = new TsigSecret(octets.AsSpan(0, written));
        CryptographicOperations.ZeroMemory(octets);
        return true;
    }

    /// <summary>The octets as base64, for key files and nothing else.</summary>
    public string ToBase64() => Convert.ToBase64String(_octets);

    /// <summary>True when the secret is shorter than the digest, which RFC 8945 §8 advises against.</summary>
    public bool IsShortFor(TsigAlgorithm algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return Length < algorithm.DigestBytes;
    }

    /// <summary>Compares in a time that does not depend on the octets.</summary>
    public bool Equals(TsigSecret? other) =>
        other is not null && CryptographicOperations.FixedTimeEquals(_octets, other._octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TsigSecret);

    /// <summary>Depends on the length alone, so that nothing of the octets shows.</summary>
    public override int GetHashCode() => _octets.Length;

    /// <summary>Says that there is a secret, and no more.</summary>
    public override string ToString() => "(secret)";
}
