namespace ActorDns.Server.Sockets;

/// <summary>
/// Receives and sends datagrams in batches over one or several sockets of one thread. All members but
/// <see cref="Wake"/> belong to that thread. The buffers are allocated once.
/// </summary>
internal abstract class DatagramEngine : IDisposable
{
    protected DatagramEngine(IReadOnlyList<BoundDatagramSocket> sockets, ListenerCounters counters)
    {
        Counters = counters;
        if (sockets.Count == 0)
            throw new ArgumentException("a listener needs at least one socket", nameof(sockets));
        Sockets = [.. sockets];
        UdpListenerOptions options = sockets[0].Options;
        BatchSize = options.BatchSize;
        RequestBytes = options.RequestBytes;
        ResponseBytes = options.ResponseBytes;
    }

    /// <summary>The most datagrams that <see cref="Receive"/> returns.</summary>
    internal int BatchSize { get; }

    internal ListenerCounters Counters { get; }

    protected BoundDatagramSocket[] Sockets { get; }

    protected int RequestBytes { get; }

    protected int ResponseBytes { get; }

    /// <summary>Makes the engine that the sockets' options ask for.</summary>
    /// <exception cref="PlatformNotSupportedException">The Linux engine was asked for elsewhere.</exception>
    internal static DatagramEngine Create(IReadOnlyList<BoundDatagramSocket> sockets, ListenerCounters counters)
    {
        bool isLinux = OperatingSystem.IsLinux() && Environment.Is64BitProcess;
        DatagramEngineKind kind = sockets.Count == 0 ? DatagramEngineKind.Automatic : sockets[0].Options.Engine;
        return kind switch
        {
            DatagramEngineKind.Linux when !isLinux =>
                throw new PlatformNotSupportedException("the batched UDP engine needs 64-bit Linux"),
            DatagramEngineKind.Managed => new ManagedDatagramEngine(sockets, counters),
            _ => isLinux ? new LinuxDatagramEngine(sockets, counters) : new ManagedDatagramEngine(sockets, counters),
        };
    }

    /// <summary>
    /// Takes the next batch, all of one socket, and returns how many datagrams it has. With <paramref name="mayWait"/>
    /// it blocks for at most about 100 ms; 0 means that none came, or a wake.
    /// </summary>
    internal abstract int Receive(bool mayWait);

    /// <summary>A datagram of the batch.</summary>
    internal abstract Datagram Request(int index);

    /// <summary>Room for the reply to a datagram of the batch.</summary>
    internal abstract Span<byte> Response(int index);

    /// <summary>
    /// Sends the replies of the batch; <paramref name="lengths"/> has one entry per datagram, not above 0 for none.
    /// </summary>
    internal abstract void Send(ReadOnlySpan<int> lengths);

    /// <summary>
    /// Ends the blocking receive, or the next one; from any thread, also after <see cref="Dispose()"/>.
    /// </summary>
    internal abstract void Wake();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
