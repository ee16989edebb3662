using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Ports;

/// <summary>A NOTIFY for a secondary zone from a sender that the zone listens to (RFC 1996 §3.10).</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Key">Name of the key that signed it; null when unsigned.</param>
/// <param name="Hint">Serial of the SOA in the answer section; null without one. Unauthenticated advice only (§3.7).</param>
public sealed record ReceivedNotify(ServedZone Zone, NetEndpoint Sender, DomainName? Key, Serial? Hint);
