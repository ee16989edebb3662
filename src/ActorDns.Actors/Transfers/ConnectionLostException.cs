namespace ActorDns.Actors.Transfers;

/// <summary>No connection to another server, or it broke; the message is for the log.</summary>
internal sealed class ConnectionLostException(string message, Exception inner) : IOException(message, inner);
