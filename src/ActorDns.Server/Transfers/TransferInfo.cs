using ActorDns.Zones.Access;

namespace ActorDns.Server.Transfers;

/// <summary>One running transfer, as lists show it.</summary>
/// <param name="Session">Number of the session, unique in the process.</param>
/// <param name="Zone">The zone's name in logs.</param>
/// <param name="Client">The peer.</param>
/// <param name="Key">Name of the key that signs; empty for an unsigned transfer.</param>
/// <param name="Serial">The serial that is being sent.</param>
/// <param name="Started">When the session began.</param>
public sealed record TransferInfo(
    long Session, string Zone, NetEndpoint Client, string Key, uint Serial, DateTimeOffset Started);
