using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <summary>
/// The signature of an UPDATE, by which a retransmitted one is known again (ARCHITECTURE §5.8). Two are equal when key and MAC are.
/// </summary>
/// <param name="keyName">Name of the key in lower case.</param>
/// <param name="mac">The whole MAC of the message.</param>
/// <param name="keepUntil">Time from which a copy fails its time check anyway.</param>
public sealed class UpdateSignature(string keyName, ReadOnlyMemory<byte> mac, DateTimeOffset keepUntil) : IEquatable<UpdateSignature>
{
    /// <summary>Name of the key in lower case.</summary>
    public string KeyName { get; } = keyName;

    /// <summary>The whole MAC of the message.</summary>
    public ReadOnlyMemory<byte> Mac { get; } = mac;

    /// <summary>Time from which a copy fails its time check anyway.</summary>
    public DateTimeOffset KeepUntil { get; } = keepUntil;

    /// <summary>The same for the store, with the answer that was given.</summary>
    public RequestFingerprint Fingerprint(Rcode rcode) => new(KeyName, Mac, KeepUntil, rcode.Value);

    /// <inheritdoc/>
    public bool Equals(UpdateSignature? other) =>
        other is not null && KeyName == other.KeyName && Mac.Span.SequenceEqual(other.Mac.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UpdateSignature);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Mac.Span);
        return hash.ToHashCode();
    }
}
