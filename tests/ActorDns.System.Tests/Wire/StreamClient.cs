using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ActorDns.System.Tests.Wire;

/// <summary>One TCP connection to a server, from an address of the test's choice; message by message or octet by octet.</summary>
public sealed class StreamClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly byte[] _length = new byte[2];

    private StreamClient(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    /// <summary>Connects; a receive buffer makes the client a slow one that takes no more than it reads.</summary>
    public static async Task<StreamClient> ConnectAsync(IPEndPoint server, IPAddress? source = null, int receiveBufferBytes = 0)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (receiveBufferBytes > 0)
                socket.ReceiveBufferSize = receiveBufferBytes;
            if (source is not null)
                socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(server).WaitAsync(Deadline);
            return new StreamClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Messages as they go over TCP, each after its length.</summary>
    public static byte[] Frame(params byte[][] messages)
    {
        byte[] framed = new byte[messages.Sum(message => message.Length + 2)];
        int at = 0;
        foreach (byte[] message in messages)
        {
            BinaryPrimitives.WriteUInt16BigEndian(framed.AsSpan(at), (ushort)message.Length);
            message.CopyTo(framed, at + 2);
            at += message.Length + 2;
        }

        return framed;
    }

    public async Task SendAsync(byte[] octets)
    {
        for (int sent = 0; sent < octets.Length;)
            sent += await Socket.SendAsync(octets.AsMemory(sent)).AsTask().WaitAsync(Deadline);
    }

    /// <summary>The next message; null when the server has closed the connection, whether in order or not.</summary>
    public async Task<byte[]?> ReceiveAsync(TimeSpan? deadline = null)
    {
        using CancellationTokenSource late = new(deadline ?? Deadline);
        if (!await FillAsync(_length, late.Token))
            return null;
        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(_length)];
        return await FillAsync(message, late.Token) ? message : null;
    }

    public async Task<byte[]?> AskAsync(byte[] question)
    {
        await SendAsync(Frame(question));
        return await ReceiveAsync();
    }

    public void Dispose() => Socket.Dispose();

    private async Task<bool> FillAsync(byte[] buffer, CancellationToken late)
    {
        try
        {
            for (int filled = 0; filled < buffer.Length;)
            {
                int count = await Socket.ReceiveAsync(buffer.AsMemory(filled), late);
                if (count == 0)
                    return false;
                filled += count;
            }

            return true;
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("the server neither answered nor closed the connection");
        }
    }
}
