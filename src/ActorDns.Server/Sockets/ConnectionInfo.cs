using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>One stream connection as an operator sees it.</summary>
/// <param name="Id">Its number, unique in the process.</param>
/// <param name="Source">The peer.</param>
/// <param name="Local">Our address and port.</param>
/// <param name="Since">When it was accepted.</param>
/// <param name="Requests">Messages received on it.</param>
/// <param name="InFlight">Of these, how many are not answered yet.</param>
/// <param name="IsKeepalive">True when the client has asked for keepalive.</param>
public sealed record ConnectionInfo(
    long Id, NetEndpoint Source, NetEndpoint Local, DateTimeOffset Since, long Requests, int InFlight, bool IsKeepalive);
