using System.Net;
using System.Net.Sockets;
using ActorDns.Zones.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ActorDns.Server.Sockets;

/// <summary>
/// A bound TCP socket on Kestrel's transport. Like its UDP sibling it outlives a restart of the listener that serves
/// it; the listener closes it when it stops for good.
/// </summary>
public sealed class BoundStreamSocket : IAsyncDisposable
{
    private readonly IConnectionListener _listener;
    private Task<ConnectionContext?>? _accepting;

    private BoundStreamSocket(IConnectionListener listener, TcpListenerOptions options)
    {
        _listener = listener;
        Options = options;
        IPEndPoint bound = (IPEndPoint)listener.EndPoint;
        Local = new NetEndpoint(NetAddress.From(bound.Address), (ushort)bound.Port);
    }

    /// <summary>The address and port that were bound; the real port if 0 was asked for.</summary>
    public NetEndpoint Local { get; }

    /// <summary>The settings for connections taken from now on.</summary>
    public TcpListenerOptions Options { get; private set; }

    /// <summary>Opens and binds a socket and lets the system queue connections.</summary>
    /// <exception cref="IOException">The address is in use.</exception>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static async Task<BoundStreamSocket> OpenAsync(
        TcpListenerOptions options, ILoggerFactory loggers, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        SocketTransportOptions transport = new()
        {
            Backlog = options.BacklogConnections,
            MaxWriteBufferSize = options.WriteBufferBytes,
            CreateBoundListenSocket = Bind,
        };
        SocketTransportFactory factory = new(new OptionsWrapper<SocketTransportOptions>(transport), loggers);
        IPEndPoint endpoint = new(options.Endpoint.Address.ToIPAddress(), options.Endpoint.Port);
        return new BoundStreamSocket(await factory.BindAsync(endpoint, ct), options);
    }

    /// <summary>True once the socket takes no more connections.</summary>
    internal bool IsUnbound { get; private set; }

    /// <summary>
    /// Changes the settings for connections to come; those that are open keep theirs, and so do address and queue.
    /// </summary>
    public void Take(TcpListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options with { Endpoint = Options.Endpoint };
    }

    /// <summary>Takes no more connections; those that were taken go on.</summary>
    public ValueTask UnbindAsync(CancellationToken ct = default)
    {
        IsUnbound = true;
        return _listener.UnbindAsync(ct);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    /// <summary>
    /// Completes when a connection can be taken or an accept has failed. Calls share one accept until it was taken.
    /// </summary>
    internal Task WhenAcceptedAsync() => _accepting ??= _listener.AcceptAsync().AsTask();

    /// <summary>
    /// Takes the accepted connection; false when there is none yet. Null means that the socket takes no more.
    /// </summary>
    /// <exception cref="SocketException">The accept has failed.</exception>
    internal bool TryTake(out ConnectionContext? connection)
    {
        connection = null;
        if (_accepting is not { IsCompleted: true } accepted)
            return false;
        _accepting = null;
        connection = accepted.GetAwaiter().GetResult();
        return true;
    }

    /// <summary>One family per socket, so that an IPv6 wildcard leaves IPv4 to a socket of its own.</summary>
    private static Socket Bind(EndPoint endpoint)
    {
        Socket socket = new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Bind(endpoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
