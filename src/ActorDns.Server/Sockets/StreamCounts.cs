namespace ActorDns.Server.Sockets;

/// <summary>Totals over all stream connections of a table.</summary>
/// <param name="Accepted">Connections taken.</param>
/// <param name="RefusedTotal">Connections closed at once because there were too many.</param>
/// <param name="RefusedPerClient">Connections closed at once because their client had too many.</param>
/// <param name="MessagesIn">Messages received.</param>
/// <param name="BytesIn">Their octets, length prefixes included.</param>
/// <param name="BytesOut">Octets sent, length prefixes included.</param>
/// <param name="IdleClosed">Connections ended by an idle time-out.</param>
/// <param name="WriteTimeouts">Connections ended because the peer did not take what was sent.</param>
/// <param name="Malformed">Connections ended by a length that no message can have.</param>
/// <param name="HandlerFaults">Connections ended by a failure of the handler.</param>
public readonly record struct StreamCounts(
    long Accepted,
    long RefusedTotal,
    long RefusedPerClient,
    long MessagesIn,
    long BytesIn,
    long BytesOut,
    long IdleClosed,
    long WriteTimeouts,
    long Malformed,
    long HandlerFaults);
