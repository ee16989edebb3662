namespace ActorDns.Storage.Contracts;

/// <summary>
/// Short messages between the nodes, by the database's notifications. One sender's messages arrive in the order in which they were sent, or
/// not at all: nothing may depend on them but speed.
/// </summary>
public interface IClusterSignals
{
    /// <summary>Longest text of a message, in octets of UTF-8.</summary>
    int MaxTextBytes { get; }

    /// <summary>Sends to all nodes that listen, this one included.</summary>
    ValueTask<StoreResult<bool>> SendAsync(string text, CancellationToken cancellation);

    /// <summary>
    /// Connects and listens until cancelled or cut off, over a connection of its own that leads straight to the server. Unavailable when
    /// the connection was lost, Refused when messages do not come back (a pooler of transactions stands between).
    /// </summary>
    /// <param name="heard">Called for each message, in order.</param>
    /// <param name="ready">Called once when messages begin to be heard; what was sent before may be lost.</param>
    /// <param name="cancellation">Ends it.</param>
    ValueTask<StoreResult<bool>> ListenAsync(Action<string> heard, Action ready, CancellationToken cancellation);
}
