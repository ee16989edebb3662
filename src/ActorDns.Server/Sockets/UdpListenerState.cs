namespace ActorDns.Server.Sockets;

/// <summary>What one UDP listener keeps over its restarts: its sockets and its totals.</summary>
public sealed class UdpListenerState
{
    private BoundDatagramSocket[] _sockets;

    /// <summary>
    /// Takes the sockets over; the listener closes them when it is told to serve others or stops for good.
    /// </summary>
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

    /// <summary>
    /// Opens the addresses for a number of listener threads: thread i gets socket i of every address. Where the system
    /// cannot share an address there is one thread.
    /// </summary>
    /// <param name="addresses">One entry per address, with equal settings otherwise.</param>
    /// <param name="threads">Listener threads wanted.</param>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be bound; none stays open
    /// then.</exception>
    public static IReadOnlyList<UdpListenerState> Open(IReadOnlyList<UdpListenerOptions> addresses, int threads)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        bool canShare = OperatingSystem.IsLinux() && addresses.All(static address => address.ReusePort);
        List<UdpListenerState> states = [new([])];
        try
        {
            states[0]._sockets = states[0].Resolve(addresses);
            UdpListenerOptions[] bound =
                [.. states[0].Sockets.Select(static socket => socket.Options with { Endpoint = socket.Local })];
            while (canShare && states.Count < threads)
                states.Add(new UdpListenerState(new UdpListenerState([]).Resolve(bound)));
            return states;
        }
        catch
        {
            foreach (UdpListenerState state in states)
                state.Replace([]);
            throw;
        }
    }

    /// <summary>
    /// The sockets for these addresses: those that are open already, with their buffers set anew, and new ones for the rest. To be
    /// passed on in <see cref="UdpListenerCommand.Serve"/>.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be bound; nothing has changed
    /// then.</exception>
    public BoundDatagramSocket[] Resolve(IReadOnlyList<UdpListenerOptions> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        List<BoundDatagramSocket> opened = [];
        try
        {
            return [.. addresses.Select(SocketFor)];
        }
        catch
        {
            opened.ForEach(static socket => socket.Dispose());
            throw;
        }

        BoundDatagramSocket SocketFor(UdpListenerOptions address)
        {
            if (Sockets.FirstOrDefault(socket => socket.CanTake(address)) is { } existing)
            {
                existing.Take(address);
                return existing;
            }

            BoundDatagramSocket socket = BoundDatagramSocket.Open(address);
            opened.Add(socket);
            return socket;
        }
    }

    /// <summary>Changes the sockets and closes those that are left over.</summary>
    internal void Replace(IReadOnlyList<BoundDatagramSocket> sockets)
    {
        BoundDatagramSocket[] before = _sockets;
        Volatile.Write(ref _sockets, [.. sockets]);
        foreach (BoundDatagramSocket socket in before.Except(sockets))
            socket.Dispose();
    }
}
