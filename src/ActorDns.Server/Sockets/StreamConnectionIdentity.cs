using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>Who talks to whom on a connection, and which listener accepted it.</summary>
internal sealed record StreamConnectionIdentity(long Id, NetEndpoint Source, NetEndpoint Local, object Owner);
