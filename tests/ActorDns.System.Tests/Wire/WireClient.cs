using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ActorDns.System.Tests.Wire;

/// <summary>Sends octets as they are and returns what comes back.</summary>
public sealed class WireClient(IPEndPoint server) : IDisposable
{
    private const int Attempts = 4;
    private const int ReplyTimeoutMilliseconds = 2_000;
    private readonly Socket _udp = NewUdp(server);
    private readonly byte[] _buffer = new byte[65_535];

    /// <summary>Asks over UDP, again when nothing comes; replies to something else are passed over.</summary>
    public byte[] AskUdp(byte[] query)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            _udp.Send(query);
            try
            {
                while (true)
                {
                    int count = _udp.Receive(_buffer);
                    if (count >= 2 && _buffer[0] == query[0] && _buffer[1] == query[1])
                        return _buffer[..count];
                }
            }
            catch (SocketException late) when (late.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                // Lost or dropped: ask again.
                continue;
            }
        }

        throw new TimeoutException($"no reply to {Convert.ToHexString(query)}");
    }

    /// <summary>Sends all queries at once over one connection and returns as many replies, in the order of their coming.</summary>
    public byte[][] AskTcp(params byte[][] queries)
    {
        using Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = 10 * ReplyTimeoutMilliseconds,
        };
        tcp.Connect(server);
        using NetworkStream stream = new(tcp);
        using MemoryStream all = new();
        foreach (byte[] query in queries)
        {
            byte[] length = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)query.Length);
            all.Write(length);
            all.Write(query);
        }

        stream.Write(all.ToArray());
        byte[][] replies = new byte[queries.Length][];
        for (int i = 0; i < replies.Length; i++)
        {
            byte[] length = new byte[2];
            stream.ReadExactly(length);
            replies[i] = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            stream.ReadExactly(replies[i]);
        }

        return replies;
    }

    /// <summary>Sends without waiting, and takes away whatever has come.</summary>
    public void Throw(byte[] packet)
    {
        _udp.Send(packet);
        while (_udp.Available > 0)
            _udp.Receive(_buffer);
    }

    public void Dispose() => _udp.Dispose();

    private static Socket NewUdp(IPEndPoint server)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = ReplyTimeoutMilliseconds,
            ReceiveBufferSize = 1 << 20,
        };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(server);
        return socket;
    }
}
