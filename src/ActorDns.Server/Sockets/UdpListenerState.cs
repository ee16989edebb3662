namespace ActorDns.Server.Sockets;

/// <summary>What one UDP listener keeps over its restarts: its sockets and its totals.</summary>
public sealed class UdpListenerState
{
    private BoundDatagramSocket[] _sockets;

    /// <summary>Takes the sockets over; the listener closes them when it is told to serve others or stops for good.</summary>
    public UdpListenerState(IReadOnlyList<BoundDatagramSocket> sockets)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        _sockets = [.. sockets];
    }

    /// <summary>The sockets that are served now.</summary>
    public IReadOnlyList<BoundDatagramSocket> Sockets => Volatile.Read(ref _sockets);

    /// <summary>Totals since the start, restarts included; add up those of all listeners.</summary>
    public ListenerCounts Counts => Counters.Read();

    internal ListenerCounters Counters { get; } = new();

    /// <summary>Changes the sockets and closes those that are left over.</summary>
    internal void Replace(IReadOnlyList<BoundDatagramSocket> sockets)
    {
        BoundDatagramSocket[] before = _sockets;
        Volatile.Write(ref _sockets, [.. sockets]);
        foreach (BoundDatagramSocket socket in before.Except(sockets))
            socket.Dispose();
    }
}
