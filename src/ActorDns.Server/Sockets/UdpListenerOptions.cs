using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>Settings of one UDP socket and of the loop that serves it.</summary>
public sealed record UdpListenerOptions
{
    /// <summary>
    /// Address and port to bind; port 0 takes a free one. One socket has one address, so that replies leave from where
    /// the request went.
    /// </summary>
    public required NetEndpoint Endpoint { get; init; }

    /// <summary>Socket receive buffer in octets; the system may grant less.</summary>
    public int ReceiveBufferBytes { get; init; } = 4 << 20;

    /// <summary>Socket send buffer in octets; the system may grant less.</summary>
    public int SendBufferBytes { get; init; } = 2 << 20;

    /// <summary>Datagrams taken from the socket at once.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Longest request taken; a longer datagram is dropped and counted.</summary>
    public int RequestBytes { get; init; } = 4096;

    /// <summary>Room for one reply, the upper bound of max-udp-size.</summary>
    public int ResponseBytes { get; init; } = 4096;

    /// <summary>True lets several sockets, one per thread, share the address (SO_REUSEPORT).</summary>
    public bool ReusePort { get; init; } = true;

    /// <summary>
    /// How long the loop asks without blocking after a full batch, in microseconds; 0 blocks at once.
    /// </summary>
    public int SpinMicroseconds { get; init; } = 30;

    /// <summary>How path MTU discovery is set for replies (RFC 9715 §3.1).</summary>
    public PathMtuDiscovery PathMtu { get; init; } = PathMtuDiscovery.Omit;

    /// <summary>
    /// True sends replies of one batch with the same destination and length as one segmented send where the system can.
    /// </summary>
    public bool GroupReplies { get; init; } = true;

    /// <summary>Which implementation reads and writes the socket.</summary>
    public DatagramEngineKind Engine { get; init; } = DatagramEngineKind.Automatic;
}
