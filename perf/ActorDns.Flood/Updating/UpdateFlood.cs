using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ActorDns.Flood.Servers;
using ActorDns.Protocol.Names;
using static ActorDns.Flood.Load.LinuxCalls;

namespace ActorDns.Flood.Updating;

/// <summary>Clients that send signed updates, each as soon as its last one is answered. One thread.</summary>
internal sealed unsafe class UpdateFlood : IDisposable
{
    private const int WaitMilliseconds = 50;
    private const int PatienceSeconds = 5;
    private const int EventCapacity = 64;
    private readonly UpdateClient[] _clients;
    private readonly int _epoll = epoll_create1(0);

    /// <summary>Clients of one zone on one server; their numbers, which their names carry, start at <paramref name="firstClient"/>.</summary>
    public UpdateFlood(IPEndPoint server, string zoneName, UpdateWorkload workload, int firstClient)
    {
        DomainName zone = DomainName.Parse(zoneName + ".");
        _clients =
        [
            .. Enumerable.Range(firstClient, workload.Clients).Select(number => new UpdateClient(server, BenchmarkKey.Key, zone, number, workload)),
        ];
        for (int i = 0; i < _clients.Length; i++)
            Watch(i);
    }

    /// <summary>Updates answered with NOERROR and a signature that verifies.</summary>
    public long Updates => _clients.Sum(static client => client.Updates);

    /// <summary>Updates answered otherwise.</summary>
    public long Refused => _clients.Sum(static client => client.Refused);

    /// <summary>How many updates are sent at most.</summary>
    public long MostUpdates { get; init; } = long.MaxValue;

    /// <summary>Updates without an answer in time.</summary>
    public long Lost { get; private set; }

    /// <summary>Floods for a time; what is under way at the end is waited for. Returns the seconds that it took.</summary>
    public double Run(TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        HashSet<int> waiting = [.. Enumerable.Range(0, _clients.Length)];
        long sent = _clients.Length;
        foreach (UpdateClient client in _clients)
            client.Send(start);
        EpollEvent* events = stackalloc EpollEvent[EventCapacity];
        long now = start;
        while (waiting.Count > 0)
        {
            int ready = epoll_wait(_epoll, events, EventCapacity, WaitMilliseconds);
            now = Stopwatch.GetTimestamp();
            for (int i = 0; i < ready; i++)
            {
                int number = (int)events[i].Data;
                if (IsAnswered(number))
                    Next(number);
            }

            if (ready < EventCapacity)
                GiveUpLate();
        }

        return Stopwatch.GetElapsedTime(start, now).TotalSeconds;

        void Next(int number)
        {
            if (now < end && sent < MostUpdates)
            {
                sent++;
                Send(number, now);
            }
            else
            {
                waiting.Remove(number);
            }
        }

        void GiveUpLate()
        {
            foreach (int number in waiting.Where(number => now - _clients[number].SentAt > PatienceSeconds * Stopwatch.Frequency).ToArray())
            {
                Lost++;
                Next(number);
            }
        }
    }

    public void Dispose()
    {
        foreach (UpdateClient client in _clients)
            client.Dispose();
        _ = close(_epoll);
    }

    // A closed connection leaves the set of watched ones by itself.
    private void Watch(int number)
    {
        EpollEvent interest = new() { Events = EpollIn, Data = (ulong)number };
        if (epoll_ctl(_epoll, EpollAdd, (int)_clients[number].Socket.SafeHandle.DangerousGetHandle(), &interest) != 0)
            throw new SocketException(Marshal.GetLastPInvokeError());
    }

    // A connection that the server has closed meanwhile is opened anew, once.
    private void Send(int number, long now)
    {
        try
        {
            _clients[number].Send(now);
        }
        catch (SocketException closed) when (closed.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            Lost++;
            _clients[number].Reconnect();
            Watch(number);
            _clients[number].Send(now);
        }
    }

    /// <summary>True when a client may go on: it has its answer, or the server has closed its connection, which loses what was under way.</summary>
    private bool IsAnswered(int number)
    {
        try
        {
            return _clients[number].Receive();
        }
        catch (SocketException closed) when (closed.SocketErrorCode == SocketError.ConnectionReset)
        {
            Lost++;
            _clients[number].Reconnect();
            Watch(number);
            return true;
        }
    }
}
