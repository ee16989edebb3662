using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ActorDns.Actors.Notify;

/// <summary>Tells a server by TCP (RFC 1996 §3.5): one message, one reply.</summary>
internal static class NotifyStream
{
    /// <summary>Sends a message and reads what comes back.</summary>
    /// <exception cref="SocketException">No connection, or it broke.</exception>
    /// <exception cref="IOException">The server closed it without a reply.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static async Task<byte[]> AskAsync(NotifyTarget target, byte[] message, TimeSpan bound, TimeProvider clock, CancellationToken ct)
    {
        using CancellationTokenSource late = new(bound, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        IPAddress server = target.Endpoint.Address.ToIPAddress();
        using Socket socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(target.Source.Address.ToIPAddress(), 0));
        await socket.ConnectAsync(new IPEndPoint(server, target.Endpoint.Port), either.Token).ConfigureAwait(false);

        byte[] framed = new byte[sizeof(ushort) + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed, sizeof(ushort));
        await using NetworkStream stream = new(socket);
        await stream.WriteAsync(framed, either.Token).ConfigureAwait(false);

        byte[] length = new byte[sizeof(ushort)];
        await stream.ReadExactlyAsync(length, either.Token).ConfigureAwait(false);
        byte[] reply = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(reply, either.Token).ConfigureAwait(false);
        return reply;
    }
}
