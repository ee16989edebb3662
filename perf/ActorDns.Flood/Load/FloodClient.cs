using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static ActorDns.Flood.Load.LinuxCalls;

namespace ActorDns.Flood.Load;

/// <summary>
/// A closed-loop client: on each of its sockets a fixed number of queries is always under way, and each answer sends the next query. One
/// thread; a query without an answer within the time-out counts as lost and is replaced.
/// </summary>
internal sealed unsafe class FloodClient : IDisposable
{
    private const int MaxWindow = 256;
    private const int AnswerBytes = 4096;
    private const int SweepMilliseconds = 50;
    private const int SweepsUntilLost = 5;
    private const int EventCapacity = 64;

    private readonly int _window;
    private readonly QueryList _queries;
    private readonly Socket[] _sockets;
    private readonly int _epoll;
    private readonly MultiMessage* _incoming;
    private readonly MultiMessage* _outgoing;
    private readonly IoVector* _vectors;
    private readonly byte* _buffers;
    private readonly byte[] _generations; // The high octet of the ID that the slot waits for.
    private readonly int[] _sentAtSweep;
    private readonly long[] _byRcode = new long[16];
    private long _sent;
    private long _answers;
    private long _lost;
    private long _stray;
    private long _octets;
    private long _truncated;
    private long _withAdditional;
    private int _sweep;

    /// <summary>Opens the sockets.</summary>
    public FloodClient(IPEndPoint server, int sockets, int window, QueryList queries)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, MaxWindow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window * 2, queries.Count);
        _window = window;
        _queries = queries;
        _epoll = epoll_create1(0);
        _sockets = new Socket[sockets];
        for (int i = 0; i < sockets; i++)
        {
            Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
            socket.Connect(server);
            EpollEvent interest = new() { Events = EpollIn, Data = (ulong)i };
            if (epoll_ctl(_epoll, EpollAdd, Descriptor(socket), &interest) != 0)
                throw new SocketException(Marshal.GetLastPInvokeError());
            _sockets[i] = socket;
        }

        _generations = new byte[sockets * window];
        _sentAtSweep = new int[sockets * window];
        _incoming = Allocate<MultiMessage>(window);
        _outgoing = Allocate<MultiMessage>(window);
        _vectors = Allocate<IoVector>(window * 2);
        _buffers = Allocate<byte>(window * AnswerBytes);
        for (int i = 0; i < window; i++)
        {
            _vectors[i] = new IoVector { Base = _buffers + (i * AnswerBytes), Length = AnswerBytes };
            _incoming[i].Header = new MessageHeader { Vectors = _vectors + i, VectorCount = 1 };
            _outgoing[i].Header = new MessageHeader { Vectors = _vectors + window + i, VectorCount = 1 };
        }
    }

    /// <summary>Floods for a time and reports what it counted.</summary>
    public FloodResult Run(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        long sweepTicks = Stopwatch.Frequency * SweepMilliseconds / 1000;
        long nextSweep = start + sweepTicks;
        Span<int> slots = stackalloc int[MaxWindow];
        for (int i = 0; i < _window; i++)
            slots[i] = i;
        for (int socket = 0; socket < _sockets.Length; socket++)
            Send(socket, slots[.._window]);

        EpollEvent* events = stackalloc EpollEvent[EventCapacity];
        long now = start;
        while (now < end)
        {
            int ready = epoll_wait(_epoll, events, EventCapacity, SweepMilliseconds);
            for (int i = 0; i < ready; i++)
                Exchange((int)events[i].Data, slots);
            now = Stopwatch.GetTimestamp();
            if (now < nextSweep)
                continue;
            nextSweep = now + sweepTicks;
            ReplaceLost(slots);
        }

        return new FloodResult
        {
            Seconds = Stopwatch.GetElapsedTime(start, now).TotalSeconds,
            Sent = _sent,
            Answers = _answers,
            Lost = _lost,
            Stray = _stray,
            AnswerBytes = _octets,
            ByRcode = _byRcode,
            Truncated = _truncated,
            WithAdditional = _withAdditional,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        _ = close(_epoll);
        NativeMemory.AlignedFree(_incoming);
        NativeMemory.AlignedFree(_outgoing);
        NativeMemory.AlignedFree(_vectors);
        NativeMemory.AlignedFree(_buffers);
    }

    private static int Descriptor(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private static T* Allocate<T>(int count)
        where T : unmanaged
    {
        T* memory = (T*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(T)), 64);
        NativeMemory.Clear(memory, (nuint)(count * sizeof(T)));
        return memory;
    }

    /// <summary>Takes the answers that wait on a socket and sends as many new queries.</summary>
    private void Exchange(int socket, Span<int> slots)
    {
        int count = recvmmsg(Descriptor(_sockets[socket]), _incoming, (uint)_window, DontWait, null);
        int free = 0;
        for (int i = 0; i < count; i++)
        {
            byte* answer = _buffers + (i * AnswerBytes);
            int slot = answer[1];
            int place = (socket * _window) + slot;
            if (_incoming[i].Length < 12 || slot >= _window || answer[0] != _generations[place] || (answer[2] & 0x80) == 0)
            {
                _stray++;
                continue;
            }

            _generations[place]++; // A copy of this answer would be a stray.
            _answers++;
            _octets += _incoming[i].Length;
            _byRcode[answer[3] & 0x0F]++;
            _truncated += (answer[2] >> 1) & 1;
            _withAdditional += answer[11] > 0 ? 1 : 0;
            slots[free++] = slot;
        }

        if (free > 0)
            Send(socket, slots[..free]);
    }

    private void ReplaceLost(Span<int> slots)
    {
        _sweep++;
        for (int socket = 0; socket < _sockets.Length; socket++)
        {
            int late = 0;
            for (int slot = 0; slot < _window; slot++)
            {
                int place = (socket * _window) + slot;
                if (_sweep - _sentAtSweep[place] <= SweepsUntilLost)
                    continue;
                _generations[place]++;
                _lost++;
                slots[late++] = slot;
            }

            if (late > 0)
                Send(socket, slots[..late]);
        }
    }

    private void Send(int socket, ReadOnlySpan<int> slots)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            byte* query = _queries.Next(out int length);
            int place = (socket * _window) + slots[i];
            query[0] = _generations[place];
            query[1] = (byte)slots[i];
            _vectors[_window + i] = new IoVector { Base = query, Length = (nuint)length };
            _sentAtSweep[place] = _sweep;
        }

        // What the system does not take now is found by the next sweeps.
        int sent = sendmmsg(Descriptor(_sockets[socket]), _outgoing, (uint)slots.Length, 0);
        _sent += Math.Max(sent, 0);
    }
}
