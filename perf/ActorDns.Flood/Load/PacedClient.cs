using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ActorDns.Flood.Updating;
using static ActorDns.Flood.Load.LinuxCalls;

namespace ActorDns.Flood.Load;

/// <summary>What a paced client has seen.</summary>
/// <param name="Microseconds">For each answer the time since its query was due, in ascending order.</param>
/// <param name="Unanswered">Queries without an answer.</param>
/// <param name="Updates">Updates that were taken.</param>
/// <param name="Missed">Updates that were due while no client was free to send them.</param>
internal sealed record PacedResult(double[] Microseconds, long Unanswered, long Updates, long Missed)
{
    /// <summary>The time within which a share of the answers has come.</summary>
    public double At(double share) => Microseconds[Math.Min(Microseconds.Length - 1, (int)(share * Microseconds.Length))];
}

/// <summary>
/// Sends queries at a fixed rate, whether answers come or not, and counts the time of each from when it was due: a server that stalls is not
/// spared the queries of that time. Beside them updates at a rate of their own. One thread, which never sleeps.
/// </summary>
internal sealed unsafe class PacedClient : IDisposable
{
    private const int Sockets = 4;
    private const int Batch = 32;
    private const int AnswerBytes = 4_096;
    private const int IdSpace = 1 << 16;
    private const double GraceSeconds = 0.5;
    private readonly QueryList _queries;
    private readonly UpdateClient[] _updaters;
    private readonly bool[] _isBusy;
    private readonly Socket[] _sockets;
    private readonly long[] _due = new long[Sockets * IdSpace]; // By socket and ID; 0 when nothing is waited for.
    private readonly ushort[] _nextId = new ushort[Sockets];
    private readonly int _epoll = epoll_create1(0);
    private readonly MultiMessage* _messages;
    private readonly IoVector* _vectors;
    private readonly byte* _buffers;
    private readonly List<double> _times = [];

    /// <param name="server">Who is asked.</param>
    /// <param name="queries">What is asked.</param>
    /// <param name="updaters">Clients for the updates; none when there are to be none.</param>
    public PacedClient(IPEndPoint server, QueryList queries, UpdateClient[] updaters)
    {
        _queries = queries;
        _updaters = updaters;
        _isBusy = new bool[updaters.Length];
        _sockets = new Socket[Sockets];
        for (int i = 0; i < Sockets; i++)
        {
            _sockets[i] = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 21 };
            _sockets[i].Connect(server);
            Watch(_sockets[i], i);
        }

        for (int i = 0; i < updaters.Length; i++)
            Watch(updaters[i].Socket, Sockets + i);
        _messages = (MultiMessage*)NativeMemory.AllocZeroed(Batch, (nuint)sizeof(MultiMessage));
        _vectors = (IoVector*)NativeMemory.AllocZeroed(Batch, (nuint)sizeof(IoVector));
        _buffers = (byte*)NativeMemory.AllocZeroed(Batch, AnswerBytes);
        for (int i = 0; i < Batch; i++)
        {
            _vectors[i] = new IoVector { Base = _buffers + (i * AnswerBytes), Length = AnswerBytes };
            _messages[i].Header = new MessageHeader { Vectors = _vectors + i, VectorCount = 1 };
        }
    }

    /// <summary>Runs for a time and waits a moment for the last answers.</summary>
    public PacedResult Run(int queriesPerSecond, int updatesPerSecond, TimeSpan duration)
    {
        _times.Clear();
        Array.Clear(_due);
        double queryTicks = (double)Stopwatch.Frequency / queriesPerSecond;
        double updateTicks = updatesPerSecond == 0 ? double.PositiveInfinity : (double)Stopwatch.Frequency / updatesPerSecond;
        long updatesBefore = _updaters.Sum(static client => client.Updates);
        long start = Stopwatch.GetTimestamp();
        long length = (long)(duration.TotalSeconds * Stopwatch.Frequency);
        long grace = (long)(GraceSeconds * Stopwatch.Frequency);
        long sent = 0;
        long updatesDue = 0;
        long missed = 0;
        EpollEvent* events = stackalloc EpollEvent[Batch];
        for (long now = 0; now < length + grace; now = Stopwatch.GetTimestamp() - start)
        {
            while (now < length && sent * queryTicks <= now)
            {
                Send((int)(sent % Sockets), start + (long)(sent * queryTicks));
                sent++;
            }

            if (now < length && updatesDue * updateTicks <= now)
            {
                updatesDue++;
                if (!TryUpdate(start + now))
                    missed++;
            }

            int ready = epoll_wait(_epoll, events, Batch, 0);
            for (int i = 0; i < ready; i++)
                Take((int)events[i].Data);
        }

        double[] sorted = [.. _times.Order()];
        return new PacedResult(sorted, sent - sorted.Length, _updaters.Sum(static client => client.Updates) - updatesBefore, missed);
    }

    public void Dispose()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        _ = close(_epoll);
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_buffers);
    }

    private void Watch(Socket socket, int number)
    {
        EpollEvent interest = new() { Events = EpollIn, Data = (ulong)number };
        if (epoll_ctl(_epoll, EpollAdd, (int)socket.SafeHandle.DangerousGetHandle(), &interest) != 0)
            throw new SocketException(Marshal.GetLastPInvokeError());
    }

    private void Send(int socket, long due)
    {
        byte* query = _queries.Next(out int length);
        ushort id = _nextId[socket]++;
        query[0] = (byte)(id >> 8);
        query[1] = (byte)id;
        _due[(socket * IdSpace) + id] = due;
        try
        {
            _sockets[socket].Send(new ReadOnlySpan<byte>(query, length));
        }
        catch (SocketException)
        {
            // It stays unanswered, and is counted as such.
        }
    }

    private bool TryUpdate(long now)
    {
        int free = Array.IndexOf(_isBusy, false);
        if (free < 0)
            return false;
        _isBusy[free] = true;
        _updaters[free].Send(now);
        return true;
    }

    private void Take(int number)
    {
        if (number >= Sockets)
        {
            if (_updaters[number - Sockets].Receive())
                _isBusy[number - Sockets] = false;
            return;
        }

        int count = recvmmsg((int)_sockets[number].SafeHandle.DangerousGetHandle(), _messages, Batch, DontWait, null);
        long now = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            byte* answer = _buffers + (i * AnswerBytes);
            ref long due = ref _due[(number * IdSpace) + ((answer[0] << 8) | answer[1])];
            if (due == 0)
                continue;
            _times.Add(Stopwatch.GetElapsedTime(due, now).TotalMicroseconds);
            due = 0;
        }
    }
}
