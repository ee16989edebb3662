using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ActorDns.Server.Tests.Sockets;

/// <summary>A blocking client that speaks messages with a length before each.</summary>
internal sealed class TcpTestClient : IDisposable
{
    private const int PatienceMilliseconds = 30_000;

    internal TcpTestClient(IPEndPoint server, string from)
    {
        Socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = PatienceMilliseconds,
            SendTimeout = PatienceMilliseconds,
            NoDelay = true,
        };
        if (server.AddressFamily == AddressFamily.InterNetwork)
            Socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        Socket.Connect(server);
    }

    internal Socket Socket { get; }

    /// <summary>A message of at least header length that says the given text.</summary>
    internal static byte[] Message(string text) => Encoding.ASCII.GetBytes(text.PadRight(12, '.'));

    internal static byte[] Framed(byte[] message)
    {
        byte[] framed = new byte[message.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, 2);
        return framed;
    }

    internal static byte[] Framed(string text) => Framed(Message(text));

    internal static string Text(ReadOnlySpan<byte> message) => Encoding.ASCII.GetString(message).TrimEnd('.');

    internal void Send(params ReadOnlySpan<string> texts)
    {
        foreach (string text in texts)
            Write(Framed(text));
    }

    internal void Write(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
            octets = octets[Socket.Send(octets)..];
    }

    /// <summary>The next message; null at the end of the stream, however it came.</summary>
    internal byte[]? ReceiveMessage()
    {
        byte[] prefix = new byte[2];
        if (!TryRead(prefix))
            return null;
        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        return TryRead(message) ? message : null;
    }

    internal string? Receive() => ReceiveMessage() is { } message ? Text(message) : null;

    /// <summary>Sends one message and takes one back.</summary>
    internal string? Exchange(string text)
    {
        Send(text);
        return Receive();
    }

    public void Dispose() => Socket.Dispose();

    private bool TryRead(Span<byte> octets)
    {
        try
        {
            while (!octets.IsEmpty)
            {
                int read = Socket.Receive(octets);
                if (read == 0)
                    return false;
                octets = octets[read..];
            }

            return true;
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }
}
