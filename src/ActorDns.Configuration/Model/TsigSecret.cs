using System.Security.Cryptography;

namespace ActorDns.Configuration.Model;

/// <summary>The octets of a shared secret. They never show in logs: the printed form is a placeholder.</summary>
public sealed class TsigSecret : IEquatable<TsigSecret>
{
    private readonly byte[] _octets;

    /// <summary>Wraps a copy of the octets.</summary>
    public TsigSecret(ReadOnlySpan<byte> octets) => _octets = octets.ToArray();

    /// <summary>The secret itself, for the code that computes message authentication codes.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <inheritdoc/>
    public bool Equals(TsigSecret? other) => other is not null && CryptographicOperations.FixedTimeEquals(_octets, other._octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TsigSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => _octets.Length;

    /// <summary>A placeholder that tells nothing of the secret.</summary>
    public override string ToString() => "[secret]";
}
