using System.Collections.Immutable;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Keys;

namespace ActorDns.Zones.Access;

/// <summary>A key in a ring, and the names of the keys whose place it has taken.</summary>
/// <param name="Key">The key.</param>
public sealed record KeyRingEntry(TsigKey Key)
{
    /// <summary>Other names by which access lists may mean the key: those of the keys that it succeeds.</summary>
    public ImmutableArray<DomainName> Succeeds { get; init; } = [];

    /// <summary>The key in the registry; null for one of the configuration.</summary>
    public RegisteredKey? Registered { get; init; }
}
