namespace ActorDns.Server.Sockets;

/// <summary>
/// Turns the datagrams of one batch into replies. Every listener thread has an instance of its own, so an
/// implementation may keep scratch buffers without any locking. A call that throws is a bug of the handler: the
/// datagram is dropped and counted.
/// </summary>
public interface IDatagramHandler
{
    /// <summary>
    /// Opens a batch of <paramref name="count"/> datagrams; the place to read a published snapshot once.
    /// </summary>
    void BeginBatch(int count);

    /// <summary>First pass over the batch: parses what is needed to start memory fetches early.</summary>
    /// <param name="index">Place in the batch, from 0.</param>
    /// <param name="request">The datagram; the same one is passed to <see cref="Answer"/> under this index.</param>
    void Prepare(int index, in Datagram request);

    /// <summary>Second pass: writes the reply and returns its length; 0 sends none.</summary>
    /// <param name="index">Place in the batch, from 0.</param>
    /// <param name="request">The datagram that was prepared under this index.</param>
    /// <param name="response">Room for the reply, as long as the listener's option
    /// <see cref="UdpListenerOptions.ResponseBytes"/>.</param>
    int Answer(int index, in Datagram request, Span<byte> response);

    /// <summary>
    /// Closes the batch after its replies were handed to the network; called for every batch that was begun.
    /// </summary>
    void EndBatch();
}
