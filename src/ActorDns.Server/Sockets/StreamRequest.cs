using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>One DNS message received on a stream, without its length prefix.</summary>
public readonly struct StreamRequest
{
    /// <summary>Ties a message to the connection that answers go to.</summary>
    public StreamRequest(IStreamConnection connection, ReadOnlyMemory<byte> message)
    {
        Connection = connection;
        Message = message;
    }

    /// <summary>The connection, for sessions that outlive a single answer.</summary>
    public IStreamConnection Connection { get; }

    /// <summary>The message, at least 12 octets; valid until the handler's task completes.</summary>
    public ReadOnlyMemory<byte> Message { get; }

    /// <summary>The peer.</summary>
    public NetEndpoint Source => Connection.Source;

    /// <summary>Our address and port.</summary>
    public NetEndpoint Local => Connection.Local;

    /// <summary>Number of the connection.</summary>
    public long ConnectionId => Connection.Id;

    /// <summary>Sends one whole DNS message; see <see cref="IStreamConnection.SendAsync"/>.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct = default) =>
        Connection.SendAsync(message, ct);

    /// <summary>Sends messages that already carry their length prefixes.</summary>
    public ValueTask SendFramedAsync(ReadOnlyMemory<byte> framed, CancellationToken ct = default) =>
        Connection.SendFramedAsync(framed, ct);

    /// <summary>Ends the connection at once.</summary>
    public void Abort() => Connection.Abort();
}
