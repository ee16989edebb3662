using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>
/// The sending side of one stream connection. Sends never fail because of the peer: once the connection is gone they
/// complete without effect, and <see cref="IsOpen"/> and the request's cancellation tell.
/// </summary>
public interface IStreamConnection
{
    /// <summary>Number of the connection, unique in the process.</summary>
    long Id { get; }

    /// <summary>The peer.</summary>
    NetEndpoint Source { get; }

    /// <summary>Our address and port.</summary>
    NetEndpoint Local { get; }

    /// <summary>False once nothing can be sent any more.</summary>
    bool IsOpen { get; }

    /// <summary>
    /// Sends one whole DNS message; length and body leave in one write (RFC 7766 §8). Writers take turns, and a slow
    /// peer makes them wait up to the write time-out, which ends the connection. The bytes must stay unchanged until
    /// the task completes, then they were copied. An ordinary answer completes at once.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The message is shorter than a header or longer than a length
    /// prefix can say.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct = default);

    /// <summary>Sends octets that already carry their length prefixes, several messages in one go.</summary>
    ValueTask SendFramedAsync(ReadOnlyMemory<byte> framed, CancellationToken ct = default);

    /// <summary>
    /// From now on the connection's idle limit is the keepalive time-out, because the client asked for it (RFC 7828
    /// §3.3.1).
    /// </summary>
    void UseKeepalive();

    /// <summary>Ends the connection at once without sending what waits.</summary>
    void Abort();
}
