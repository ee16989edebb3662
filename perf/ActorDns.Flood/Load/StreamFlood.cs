using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using static ActorDns.Flood.Load.LinuxCalls;

namespace ActorDns.Flood.Load;

/// <summary>What a flood over connections counted.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Answers">Answers.</param>
/// <param name="Closed">Connections that the server closed.</param>
internal sealed record StreamFloodResult(double Seconds, long Answers, long Closed);

/// <summary>Queries over connections that stay open, the same number always under way on each. One thread.</summary>
internal sealed unsafe class StreamFlood : IDisposable
{
    private const int LengthBytes = 2;
    private const int HeaderBytes = 12;
    private const int BufferBytes = 1 << 17;
    private const int EventCapacity = 64;
    private const int WaitMilliseconds = 50;
    private readonly IPEndPoint _server;
    private readonly QueryList _queries;
    private readonly int _window;
    private readonly Socket[] _sockets;
    private readonly byte[][] _received;
    private readonly int[] _filled;
    private readonly byte[] _outgoing = new byte[BufferBytes];
    private readonly int _epoll = epoll_create1(0);
    private ushort _id;
    private long _answers;
    private long _closed;

    public StreamFlood(IPEndPoint server, int connections, int window, QueryList queries)
    {
        _server = server;
        _queries = queries;
        _window = window;
        _sockets = new Socket[connections];
        _received = [.. Enumerable.Range(0, connections).Select(static _ => new byte[BufferBytes])];
        _filled = new int[connections];
        for (int i = 0; i < connections; i++)
            Open(i);
    }

    /// <summary>Floods for a time.</summary>
    public StreamFloodResult Run(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        for (int i = 0; i < _sockets.Length; i++)
            Send(i, _window);
        EpollEvent* events = stackalloc EpollEvent[EventCapacity];
        long now = start;
        while (now < end)
        {
            int ready = epoll_wait(_epoll, events, EventCapacity, WaitMilliseconds);
            for (int i = 0; i < ready; i++)
                Exchange((int)events[i].Data);
            now = Stopwatch.GetTimestamp();
        }

        return new StreamFloodResult(Stopwatch.GetElapsedTime(start, now).TotalSeconds, _answers, _closed);
    }

    public void Dispose()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        _ = close(_epoll);
    }

    private void Open(int number)
    {
        Socket socket = new(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(_server);
        _sockets[number] = socket;
        _filled[number] = 0;
        EpollEvent interest = new() { Events = EpollIn, Data = (ulong)number };
        if (epoll_ctl(_epoll, EpollAdd, (int)socket.SafeHandle.DangerousGetHandle(), &interest) != 0)
            throw new SocketException(Marshal.GetLastPInvokeError());
    }

    /// <summary>Takes what has come on a connection and sends as many new queries as there were answers.</summary>
    private void Exchange(int number)
    {
        try
        {
            int count = _sockets[number].Receive(_received[number].AsSpan(_filled[number]));
            if (count == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            _filled[number] += count;
            if (TakeAnswers(number) is > 0 and int answers)
                Send(number, answers);
        }
        catch (SocketException)
        {
            _closed++;
            _sockets[number].Dispose();
            Open(number);
            Send(number, _window);
        }
    }

    private int TakeAnswers(int number)
    {
        Span<byte> octets = _received[number].AsSpan(0, _filled[number]);
        int answers = 0;
        while (octets.Length >= LengthBytes && BinaryPrimitives.ReadUInt16BigEndian(octets) is ushort length && octets.Length >= LengthBytes + length)
        {
            if (length >= HeaderBytes && (octets[LengthBytes + 3] & 0x0F) == 0)
                _answers++;
            answers++;
            octets = octets[(LengthBytes + length)..];
        }

        octets.CopyTo(_received[number]);
        _filled[number] = octets.Length;
        return answers;
    }

    private void Send(int number, int count)
    {
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            byte* query = _queries.Next(out int length);
            BinaryPrimitives.WriteUInt16BigEndian(_outgoing.AsSpan(at), (ushort)length);
            new ReadOnlySpan<byte>(query, length).CopyTo(_outgoing.AsSpan(at + LengthBytes));
            BinaryPrimitives.WriteUInt16BigEndian(_outgoing.AsSpan(at + LengthBytes), ++_id);
            at += LengthBytes + length;
        }

        ReadOnlySpan<byte> rest = _outgoing.AsSpan(0, at);
        while (rest.Length > 0)
            rest = rest[_sockets[number].Send(rest)..];
    }
}
