using System.Net.Sockets;
using ActorDns.Configuration.Model;
using ActorDns.Kernel;
using ActorDns.Server.Sockets;
using ActorDns.Zones.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// All listener actors of the node. A reload changes their addresses in place: a socket whose address stays is never closed.
/// </summary>
internal sealed class Listeners(
    ActorSystem system, ILoggerFactory loggers, Func<IDatagramHandler> udpHandler, IStreamHandler streamHandler)
{
    private readonly ILogger _log = loggers.CreateLogger("network");
    private readonly Dictionary<NetEndpoint, (BoundStreamSocket Socket, ActorRef<TcpListenerCommand> Actor)> _tcp = [];
    private readonly List<(UdpListenerState State, ActorRef<UdpListenerCommand> Actor)> _udp = [];
    private readonly Dictionary<NetEndpoint, BoundStreamSocket> _opened = [];
    private StreamConnectionTable? _connections;
    private IReadOnlyList<UdpListenerState> _states = [];

    /// <summary>Addresses that are served.</summary>
    public IReadOnlyList<NetEndpoint> Endpoints { get; private set; } = [];

    /// <summary>Open stream connections.</summary>
    public int ConnectionCount => _connections?.Count ?? 0;

    /// <summary>Most stream connections at once since the start.</summary>
    public int ConnectionHighWater => _connections?.HighWater ?? 0;

    /// <summary>What all UDP threads have received and sent.</summary>
    public ListenerCounts UdpCounts => _states.Aggregate(default(ListenerCounts), static (sum, state) => sum + state.Counts);

    /// <summary>What happened on stream connections.</summary>
    public StreamCounts StreamCounts => _connections?.Counts ?? default;

    /// <summary>UDP threads, each of which has a socket on every address.</summary>
    public int UdpThreads => _udp.Count;

    /// <summary>Changes the time-outs of stream connections to come.</summary>
    public void SetTimeouts(TimeSpan initial, TimeSpan idle, TimeSpan keepalive)
    {
        foreach ((BoundStreamSocket socket, _) in _tcp.Values)
        {
            socket.Take(socket.Options with { InitialTimeout = initial, IdleTimeout = idle, KeepaliveTimeout = keepalive });
        }
    }

    /// <summary>Binds the first sockets. False when none could be bound; each failure is logged.</summary>
    public async Task<bool> OpenAsync(
        IReadOnlyList<(string Interface, NetEndpoint Endpoint)> wanted, ServerOptions options, int threads)
    {
        _connections = new StreamConnectionTable(Limits(options));
        List<(string Interface, NetEndpoint Endpoint)> bound = [];
        foreach ((string name, NetEndpoint endpoint) in wanted)
        {
            if (await TryOpenTcpAsync(endpoint, options) && CanBindUdp(endpoint, options))
                bound.Add((name, endpoint));
        }

        if (bound.Count == 0)
            return wanted.Count == 0;
        _states = UdpListenerState.Open([.. bound.Select(entry => Udp(entry.Endpoint, options))], threads);
        Announce(bound);
        return true;
    }

    /// <summary>Starts to answer on what was bound.</summary>
    public void Start()
    {
        foreach (UdpListenerState state in _states)
        {
            IDatagramHandler handler = udpHandler(); // Kept over restarts: it holds the thread's epoch.
            _udp.Add((state, system.Spawn(
                $"udp-{_udp.Count}", UdpListenerActor.CreateProps(state, () => handler, system.Clock, _log))));
        }

        foreach ((NetEndpoint endpoint, BoundStreamSocket socket) in _opened)
            StartTcp(endpoint, socket);
        _opened.Clear();
    }

    /// <summary>Serves these addresses from now on.</summary>
    public async Task ReconfigureAsync(IReadOnlyList<(string Interface, NetEndpoint Endpoint)> wanted, ServerOptions options)
    {
        if (_connections is null || _udp.Count == 0)
        {
            if (await OpenAsync(wanted, options, Math.Max(1, _udp.Count)))
                Start();
            return;
        }

        _connections.Limits = Limits(options);
        List<(string Interface, NetEndpoint Endpoint)> kept = [];
        foreach ((string name, NetEndpoint endpoint) in wanted)
        {
            if (_tcp.TryGetValue(endpoint, out (BoundStreamSocket Socket, ActorRef<TcpListenerCommand> Actor) listener))
            {
                listener.Socket.Take(Tcp(endpoint, options));
                kept.Add((name, endpoint));
            }
            else if (await TryOpenTcpAsync(endpoint, options) && CanBindUdp(endpoint, options))
            {
                kept.Add((name, endpoint));
            }
        }

        UdpListenerOptions[] addresses = [.. kept.Select(entry => Udp(entry.Endpoint, options))];
        if (addresses.Length > 0)
        {
            foreach ((UdpListenerState state, ActorRef<UdpListenerCommand> actor) in _udp)
            {
                await actor.TryAskAsync<bool>(
                    done => new UdpListenerCommand.Serve(state.Resolve(addresses), done), TimeSpan.FromSeconds(10));
            }
        }

        foreach ((NetEndpoint endpoint, BoundStreamSocket socket) in _opened)
            StartTcp(endpoint, socket);
        _opened.Clear();
        foreach (NetEndpoint gone in _tcp.Keys.Except(kept.Select(entry => entry.Endpoint)).ToArray())
        {
            _tcp.Remove(gone, out (BoundStreamSocket Socket, ActorRef<TcpListenerCommand> Actor) listener);
            await listener.Actor.TryAskAsync<int>(
                done => new TcpListenerCommand.Drain(TimeSpan.FromSeconds(5), done), TimeSpan.FromSeconds(10));
            await listener.Actor.StopAsync();
        }

        Announce([.. kept.Where(entry => !Endpoints.Contains(entry.Endpoint))]);
        Endpoints = [.. kept.Select(entry => entry.Endpoint)];
    }

    /// <summary>
    /// Takes no new connection, and lets each that is there finish what it has begun until the deadline. Datagrams are answered as before.
    /// </summary>
    public Task DrainAsync(TimeSpan deadline) => Task.WhenAll(_tcp.Values.Select(listener => listener.Actor.TryAskAsync<int>(
        done => new TcpListenerCommand.Drain(deadline, done), deadline + TimeSpan.FromSeconds(2))));

    /// <summary>Closes all sockets.</summary>
    public async Task StopAsync()
    {
        foreach ((_, ActorRef<UdpListenerCommand> actor) in _udp)
            await actor.StopAsync();
        foreach ((_, ActorRef<TcpListenerCommand> actor) in _tcp.Values)
            await actor.StopAsync();
    }

    private void StartTcp(NetEndpoint endpoint, BoundStreamSocket socket) => _tcp[endpoint] = (socket, system.Spawn(
        null, TcpListenerActor.CreateProps(socket, _connections!, streamHandler, _log)));

    private async Task<bool> TryOpenTcpAsync(NetEndpoint endpoint, ServerOptions options)
    {
        try
        {
            _opened[endpoint] = await BoundStreamSocket.OpenAsync(Tcp(endpoint, options), loggers);
            return true;
        }
        catch (Exception failure) when (failure is IOException or SocketException or AddressInUseException)
        {
            Log.CannotListen(_log, endpoint.ToString(), failure.Message);
            return false;
        }
    }

    /// <summary>Tries an address by itself, so that one that is taken does not keep the others from being served.</summary>
    private bool CanBindUdp(NetEndpoint endpoint, ServerOptions options)
    {
        try
        {
            BoundDatagramSocket.Open(Udp(endpoint, options)).Dispose();
            return true;
        }
        catch (SocketException failure)
        {
            Log.CannotListen(_log, endpoint.ToString(), failure.Message);
            return false;
        }
    }

    private void Announce(IReadOnlyList<(string Interface, NetEndpoint Endpoint)> bound)
    {
        foreach ((string name, NetEndpoint endpoint) in bound)
            Log.Listening(_log, endpoint.Address.IsIPv6 ? "IPv6" : "IPv4", name, endpoint.ToString());
        Endpoints = [.. bound.Select(entry => entry.Endpoint)];
    }

    private static StreamLimits Limits(ServerOptions options) => new() { MaxConnections = options.TcpClients.Value };

    private static UdpListenerOptions Udp(NetEndpoint endpoint, ServerOptions options)
    {
        UdpListenerOptions defaults = new() { Endpoint = endpoint };
        return defaults with
        {
            ReceiveBufferBytes = options.UdpReceiveBuffer.Value > 0 ? options.UdpReceiveBuffer.Value : defaults.ReceiveBufferBytes,
            SendBufferBytes = options.UdpSendBuffer.Value > 0 ? options.UdpSendBuffer.Value : defaults.SendBufferBytes,
            ReusePort = options.ReusePort.Value,
        };
    }

    private static TcpListenerOptions Tcp(NetEndpoint endpoint, ServerOptions options) => new()
    {
        Endpoint = endpoint,
        BacklogConnections = Math.Max(10, options.TcpListenQueue.Value),
        InitialTimeout = options.TcpInitialTimeout.Value,
        IdleTimeout = options.TcpIdleTimeout.Value,
        KeepaliveTimeout = options.TcpKeepaliveTimeout.Value,
    };
}
