using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Notify;

/// <summary>An element of <c>also-notify</c>; what it leaves open comes from the <c>server</c> block and the zone.</summary>
/// <param name="Endpoint">Where the server listens.</param>
/// <param name="Key">The element's key; null when it has none.</param>
/// <param name="Source">The list's source; null when it has none.</param>
/// <param name="Tls">How it is told by TLS; null for UDP and TCP.</param>
public sealed record AlsoNotify(NetEndpoint Endpoint, TsigKey? Key = null, NetEndpoint? Source = null, OutboundTls? Tls = null);
