namespace ActorDns.Server.Sockets;

/// <summary>Totals of one UDP listener or of several added up.</summary>
/// <param name="PacketsIn">Datagrams received.</param>
/// <param name="PacketsOut">Replies handed to the system.</param>
/// <param name="BytesIn">Octets of the datagrams received.</param>
/// <param name="BytesOut">Octets of the replies handed to the system.</param>
/// <param name="Dropped">Datagrams that no handler saw: empty, too long, or without a port to reply to.</param>
/// <param name="SendErrors">Replies that the system refused.</param>
/// <param name="ReceiveErrors">Receive calls that failed.</param>
/// <param name="HandlerFaults">Calls of the handler that threw.</param>
/// <param name="Batches">Batches answered.</param>
/// <param name="Groups">Segmented sends, each of several replies.</param>
public readonly record struct ListenerCounts(
    long PacketsIn,
    long PacketsOut,
    long BytesIn,
    long BytesOut,
    long Dropped,
    long SendErrors,
    long ReceiveErrors,
    long HandlerFaults,
    long Batches,
    long Groups)
{
    /// <summary>Adds two totals.</summary>
    public static ListenerCounts operator +(ListenerCounts left, ListenerCounts right) => Add(left, right);

    /// <summary>Adds two totals.</summary>
    public static ListenerCounts Add(ListenerCounts left, ListenerCounts right) => new(
        left.PacketsIn + right.PacketsIn,
        left.PacketsOut + right.PacketsOut,
        left.BytesIn + right.BytesIn,
        left.BytesOut + right.BytesOut,
        left.Dropped + right.Dropped,
        left.SendErrors + right.SendErrors,
        left.ReceiveErrors + right.ReceiveErrors,
        left.HandlerFaults + right.HandlerFaults,
        left.Batches + right.Batches,
        left.Groups + right.Groups);
}
