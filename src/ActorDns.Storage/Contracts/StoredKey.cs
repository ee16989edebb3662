using ActorDns.Zones.Keys;

namespace ActorDns.Storage.Contracts;

/// <summary>A key of the registry as it is stored: the secret sealed, and nowhere in the clear.</summary>
/// <param name="Key">Everything but the secret.</param>
/// <param name="Sealed">The sealed secret; empty when the key has ended.</param>
public sealed record StoredKey(RegisteredKey Key, ReadOnlyMemory<byte> Sealed);
