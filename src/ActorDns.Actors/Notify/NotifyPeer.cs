using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Notify;

/// <summary>What a <c>server</c> block says about notifies to an address or network.</summary>
/// <param name="Prefix">The address or network.</param>
/// <param name="Key">The key that signs; null for none.</param>
/// <param name="Source">Where to send from; null for the zone's setting.</param>
/// <param name="IsStreamOnly">True for <c>tcp-only yes</c>.</param>
public sealed record NotifyPeer(NetPrefix Prefix, TsigKey? Key, NetEndpoint? Source, bool IsStreamOnly);
