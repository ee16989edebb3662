using System.Net;
using System.Net.Sockets;
using System.Text;
using ActorDns.Server.Sockets;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Server.Tests.Sockets;

/// <summary>A loop with its sockets and clients on loopback, driven by the test's own thread.</summary>
internal sealed class UdpFixture : IDisposable
{
    private const int ReplyTimeoutMilliseconds = 10_000;
    private const int PatienceRounds = 100;

    private readonly List<Socket> _clients = [];

    internal UdpFixture(UdpListenerOptions options, params string[] addresses)
    {
        foreach (string address in addresses)
            Sockets.Add(BoundDatagramSocket.Open(options with { Endpoint = At(address) }));
        Loop = NewLoop();
    }

    internal List<BoundDatagramSocket> Sockets { get; } = [];

    internal EchoDatagramHandler Handler { get; private set; } = new() { KeepsEndpoints = true };

    internal ListenerLoop Loop { get; private set; }

    internal static NetEndpoint At(string address, ushort port = 0) => new(NetAddress.From(IPAddress.Parse(address)), port);

    internal static IPEndPoint Framework(NetEndpoint endpoint) => new(endpoint.Address.ToIPAddress(), endpoint.Port);

    internal ListenerLoop NewLoop() => new(Sockets, Handler, TimeProvider.System, NullLogger.Instance);

    internal void Restart()
    {
        Loop.Dispose();
        Handler = new EchoDatagramHandler { KeepsEndpoints = true };
        Loop = NewLoop();
    }

    internal void UseQuietHandler()
    {
        Loop.Dispose();
        Handler = new EchoDatagramHandler();
        Loop = NewLoop();
    }

    /// <summary>A client that sees only what comes from the given listener socket.</summary>
    internal Socket Client(int socket = 0)
    {
        Socket client = new(SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = ReplyTimeoutMilliseconds };
        client.Connect(Framework(Sockets[socket].Local));
        client.ReceiveBufferSize = 1 << 20;
        _clients.Add(client);
        return client;
    }

    internal static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    internal static string Receive(Socket client)
    {
        byte[] buffer = new byte[65_536];
        return Encoding.ASCII.GetString(buffer, 0, client.Receive(buffer));
    }

    /// <summary>Runs the loop until it has taken this many datagrams in all, dropped ones included.</summary>
    internal void RunUntilReceived(int count)
    {
        for (int round = 0; round < PatienceRounds && Loop.Counts.PacketsIn < count; round++)
            Loop.RunOnce();
        Assert.Equal(count, Loop.Counts.PacketsIn);
    }

    public void Dispose()
    {
        Loop.Dispose();
        foreach (BoundDatagramSocket socket in Sockets)
            socket.Dispose();
        foreach (Socket client in _clients)
            client.Dispose();
    }
}
