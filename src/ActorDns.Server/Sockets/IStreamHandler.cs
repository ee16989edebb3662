namespace ActorDns.Server.Sockets;

/// <summary>
/// Answers the messages of stream connections (TCP, TLS). One instance serves all connections and is called
/// concurrently.
/// </summary>
public interface IStreamHandler
{
    /// <summary>
    /// Handles one message. The message's bytes stay valid and the request counts as in flight until the returned task
    /// completes, so a handler that answers later keeps it pending. Several requests of a connection run at once, and
    /// their answers may leave in any order (RFC 7766 §7). An exception is a bug of the handler: it is counted and ends
    /// the connection.
    /// </summary>
    /// <param name="request">The message and the connection it came on.</param>
    /// <param name="ct">Cancelled when the connection is gone or was aborted; one that only drains lets its requests
    /// finish.</param>
    ValueTask HandleAsync(StreamRequest request, CancellationToken ct);
}
