using System.Net;
using System.Net.Sockets;

namespace ActorDns.Server.Sockets;

/// <summary>
/// The portable UDP engine: the framework's sockets, one datagram per call, no allocation per datagram.
/// </summary>
internal sealed class ManagedDatagramEngine : DatagramEngine
{
    private const int WaitMicroseconds = BoundDatagramSocket.ReceiveWaitMilliseconds * 1000;

    private readonly List<Socket> _ready = [];
    private readonly Socket[] _sockets;
    private readonly SocketAddress[] _sources;
    private readonly byte[] _requests;
    private readonly byte[] _responses;
    private readonly int[] _lengths;
    private readonly int _stride;
    private int _current;
    private bool _woken;

    internal ManagedDatagramEngine(IReadOnlyList<BoundDatagramSocket> sockets, ListenerCounters counters)
        : base(sockets, counters)
    {
        _sockets = [.. Sockets.Select(static socket => socket.Socket)];
        foreach (Socket socket in _sockets)
            socket.Blocking = false;

        // One octet more than a request may have, so that a longer one can be told from one that just fits.
        _stride = RequestBytes + 1;
        _requests = GC.AllocateArray<byte>(BatchSize * _stride, pinned: true);
        _responses = GC.AllocateArray<byte>(BatchSize * ResponseBytes, pinned: true);
        _lengths = new int[BatchSize];
        _sources = new SocketAddress[BatchSize];
        for (int i = 0; i < BatchSize; i++)
            _sources[i] = new SocketAddress(AddressFamily.InterNetworkV6, SocketAddressReader.IPv6Bytes);
    }

    private BoundDatagramSocket Current => Sockets[_current];

    internal override int Receive(bool mayWait)
    {
        if (Interlocked.Exchange(ref _woken, false))
            mayWait = false;
        if (!SelectReady(mayWait ? WaitMicroseconds : 0))
            return 0;
        Socket socket = _sockets[_current];
        int accepted = 0;
        int received = 0;
        do
        {
            int length = ReceiveOne(socket, accepted);
            if (length < 0)
                break;
            received++;
            Counters.PacketsIn++;
            Counters.BytesIn += Math.Min(length, RequestBytes);
            if (length > 0 && length <= RequestBytes && Request(accepted).Source.Port != 0)
                accepted++;
            else
                Counters.Dropped++;
        }
        while (received < BatchSize && socket.Poll(0, SelectMode.SelectRead));
        return accepted;
    }

    internal override Datagram Request(int index) => new(
        _requests.AsSpan(index * _stride, _lengths[index]),
        SocketAddressReader.Read(_sources[index].Buffer.Span, Current.IsIPv6),
        Current,
        _sources[index].Buffer.Span[.._sources[index].Size]);

    internal override Span<byte> Response(int index) => _responses.AsSpan(index * ResponseBytes, ResponseBytes);

    internal override void Send(ReadOnlySpan<int> lengths)
    {
        Socket socket = _sockets[_current];
        for (int i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] <= 0)
                continue;
            try
            {
                socket.SendTo(Response(i)[..lengths[i]], SocketFlags.None, _sources[i]);
                Counters.PacketsOut++;
                Counters.BytesOut += lengths[i];
            }
            catch (SocketException)
            {
                Counters.SendErrors++; // The reply is lost, as any datagram may be; the client asks again.
            }
        }
    }

    internal override void Wake() => Volatile.Write(ref _woken, true);

    protected override void Dispose(bool disposing) => _ready.Clear();

    /// <summary>Waits until a socket has something; several take turns.</summary>
    private bool SelectReady(int microseconds)
    {
        if (_sockets.Length == 1)
            return _sockets[0].Poll(microseconds, SelectMode.SelectRead);
        _ready.Clear();
        _ready.AddRange(_sockets);
        Socket.Select(_ready, null, null, microseconds);
        if (_ready.Count == 0)
            return false;
        do
            _current = (_current + 1) % _sockets.Length;
        while (!_ready.Contains(_sockets[_current]));
        return true;
    }

    private int ReceiveOne(Socket socket, int index)
    {
        try
        {
            SocketAddress source = _sources[index];
            source.Size = SocketAddressReader.IPv6Bytes;
            Span<byte> room = _requests.AsSpan(index * _stride, _stride);
            return _lengths[index] = socket.ReceiveFrom(room, SocketFlags.None, source);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.MessageSize)
        {
            return RequestBytes + 1; // Windows reports a longer datagram so; Unix cuts it off silently.
        }
        catch (SocketException)
        {
            Counters.ReceiveErrors++;
            return -1;
        }
    }
}
