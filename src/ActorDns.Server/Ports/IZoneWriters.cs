namespace ActorDns.Server.Ports;

/// <summary>
/// The way from the request path to what changes zones. Neither call waits; what cannot be taken at once is refused, so that a flood of
/// changes never holds up a listener.
/// </summary>
public interface IZoneWriters
{
    /// <summary>
    /// Hands an UPDATE to its zone's writer, which completes it later. False, with nothing done, when the writer has no room or is
    /// gone: the client gets SERVFAIL and may try another server.
    /// </summary>
    bool TryUpdate(PendingUpdate update);

    /// <summary>
    /// Tells a secondary zone's writer of a NOTIFY that may be believed. False when it has no room: then there is no reply, and the sender
    /// repeats the message (RFC 1996 §3.6).
    /// </summary>
    bool TryNotify(ReceivedNotify notify);
}
