using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>Settings of one TCP listener and of the connections it accepts.</summary>
public sealed record TcpListenerOptions
{
    /// <summary>Address and port to bind; port 0 takes a free one.</summary>
    public required NetEndpoint Endpoint { get; init; }

    /// <summary>Connections that may wait in the system to be accepted.</summary>
    public int BacklogConnections { get; init; } = 512;

    /// <summary>How long a new connection may take until its first message has arrived.</summary>
    public TimeSpan InitialTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may stay idle between messages (RFC 7766 §6.2.3).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for a client that has asked for keepalive (RFC 7828 §3.3.1).</summary>
    public TimeSpan KeepaliveTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a peer may refuse to take what is being sent, before the connection is ended.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the time-outs are looked at, and so how late one may be.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Requests of one connection that may be in flight; while there are as many, nothing more is read from it.
    /// </summary>
    public int MaxInFlightRequests { get; init; } = 64;

    /// <summary>Octets that may wait to be sent on one connection before its writers have to wait.</summary>
    public int WriteBufferBytes { get; init; } = 256 << 10;
}
