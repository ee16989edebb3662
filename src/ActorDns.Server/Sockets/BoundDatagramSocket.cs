using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>
/// A bound UDP socket. It belongs to whoever opened it, not to the loop that serves it: a listener that restarts finds
/// it with everything that has queued meanwhile, and the owner disposes it when the address is given up.
/// </summary>
public sealed class BoundDatagramSocket : IDisposable
{
    /// <summary>
    /// The longest block in a receive call, and so the longest wait of a message for a listener with one socket.
    /// </summary>
    internal const int ReceiveWaitMilliseconds = 100;

    private const int SendWaitMilliseconds = 20;
    private const int MaxBatch = 1_024; // What one call of the system takes.

    private BoundDatagramSocket(Socket socket, UdpListenerOptions options)
    {
        Socket = socket;
        Options = options;
        IPEndPoint bound = (IPEndPoint)socket.LocalEndPoint!;
        Local = new NetEndpoint(NetAddress.From(bound.Address), (ushort)bound.Port);
        CanGroup = options.GroupReplies && OperatingSystem.IsLinux() && SupportsSegments(socket);
    }

    /// <summary>The address and port that were bound; the real port if 0 was asked for.</summary>
    public NetEndpoint Local { get; }

    /// <summary>The settings in force.</summary>
    public UdpListenerOptions Options { get; private set; }

    internal Socket Socket { get; }

    internal bool IsIPv6 => Local.Address.IsIPv6;

    /// <summary>True while segmented sends are worth trying; cleared for good when the system refuses one.</summary>
    internal bool CanGroup { get; set; }

    /// <summary>Opens and binds a socket.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public static BoundDatagramSocket Open(UdpListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.BatchSize is < 1 or > MaxBatch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.BatchSize, $"a batch has 1 to {MaxBatch} datagrams");
        }

        bool isIPv6 = options.Endpoint.Address.IsIPv6;
        Socket socket = new(
            isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            SetBuffers(socket, options);
            if (isIPv6)
                socket.DualMode = false;
            if (OperatingSystem.IsLinux())
                SetLinuxOptions(socket, options, isIPv6);
            socket.Bind(new IPEndPoint(options.Endpoint.Address.ToIPAddress(), options.Endpoint.Port));
            return new BoundDatagramSocket(socket, options);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>
    /// True when the socket can serve with these settings as it is: opening another in its place would lose what has queued. Sharing of
    /// the address is settled when a socket is opened, and stays.
    /// </summary>
    internal bool CanTake(UdpListenerOptions options) => options == Options with
    {
        ReceiveBufferBytes = options.ReceiveBufferBytes,
        SendBufferBytes = options.SendBufferBytes,
        ReusePort = options.ReusePort,
    };

    /// <summary>Serves with these settings from now on; nothing that has queued is lost.</summary>
    internal void Take(UdpListenerOptions options)
    {
        if (options.ReceiveBufferBytes != Options.ReceiveBufferBytes || options.SendBufferBytes != Options.SendBufferBytes)
            SetBuffers(Socket, options);
        Options = options with { ReusePort = Options.ReusePort };
    }

    /// <summary>Gives the address up. A loop that still runs on the socket keeps it until it ends.</summary>
    public void Dispose() => Socket.Dispose();

    private static void SetBuffers(Socket socket, UdpListenerOptions options)
    {
        socket.ReceiveBufferSize = options.ReceiveBufferBytes;
        socket.SendBufferSize = options.SendBufferBytes;
        if (!OperatingSystem.IsLinux())
            return;

        // A privileged process may go above net.core.rmem_max; an ordinary one keeps what it was granted.
        _ = TrySetInt32(socket, LinuxNative.SolSocket, LinuxNative.SoReceiveBufferForce, options.ReceiveBufferBytes);
        _ = TrySetInt32(socket, LinuxNative.SolSocket, LinuxNative.SoSendBufferForce, options.SendBufferBytes);
    }

    private static void SetLinuxOptions(Socket socket, UdpListenerOptions options, bool isIPv6)
    {
        if (options.ReusePort)
            SetInt32(socket, LinuxNative.SolSocket, LinuxNative.SoReusePort, 1);
        if (isIPv6)
            SetInt32(socket, LinuxNative.SolIpv6, LinuxNative.Ipv6Only, 1);
        SetTimeout(socket, LinuxNative.SoReceiveTimeout, ReceiveWaitMilliseconds);
        SetTimeout(socket, LinuxNative.SoSendTimeout, SendWaitMilliseconds);
        if (options.PathMtu == PathMtuDiscovery.System)
            return;
        int mode = options.PathMtu == PathMtuDiscovery.Omit
            ? LinuxNative.MtuDiscoverOmit
            : LinuxNative.MtuDiscoverInterface;
        SetInt32(
            socket,
            isIPv6 ? LinuxNative.SolIpv6 : LinuxNative.SolIp,
            isIPv6 ? LinuxNative.Ipv6MtuDiscover : LinuxNative.IpMtuDiscover,
            mode);
    }

    /// <summary>
    /// A system that does not know the option would send a group as one long datagram, so it is asked beforehand.
    /// </summary>
    private static bool SupportsSegments(Socket socket)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        try
        {
            return socket.GetRawSocketOption(LinuxNative.SolUdp, LinuxNative.UdpSegment, value) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void SetTimeout(Socket socket, int name, int milliseconds)
    {
        Span<byte> timeval = stackalloc byte[2 * sizeof(long)];
        timeval.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(timeval[sizeof(long)..], milliseconds * 1000L);
        socket.SetRawSocketOption(LinuxNative.SolSocket, name, timeval);
    }

    private static bool TrySetInt32(Socket socket, int level, int name, int value)
    {
        try
        {
            SetInt32(socket, level, name, value);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void SetInt32(Socket socket, int level, int name, int value)
    {
        Span<byte> octets = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(octets, value);
        socket.SetRawSocketOption(level, name, octets);
    }
}
