using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline.KeyUses;

/// <summary>A use of a key that was seen since the last look.</summary>
/// <param name="Key">The key that verified.</param>
/// <param name="Peer">Who signed; null for peers that were too many to be told apart.</param>
/// <param name="Operation">What was asked for.</param>
/// <param name="LastUnixSeconds">When last.</param>
/// <param name="Count">How often since the last look.</param>
public readonly record struct SeenKey(TsigKey Key, NetAddress? Peer, KeyOperation Operation, long LastUnixSeconds, long Count);
