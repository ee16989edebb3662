using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Zones.Access;

/// <summary>A key in a ring, and the name of the key that it succeeds, if it has a name of its own.</summary>
/// <param name="Key">The key.</param>
/// <param name="Succeeds">Name of the key that this one replaces; null for a key of its own.</param>
public sealed record KeyRingEntry(TsigKey Key, DomainName? Succeeds = null);
