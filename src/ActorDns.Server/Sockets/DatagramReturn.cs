using System.Net;
using System.Net.Sockets;

namespace ActorDns.Server.Sockets;

/// <summary>
/// The way back to the sender of a datagram whose batch has ended: for replies that are made later, on any thread. It leaves from the
/// address that was asked.
/// </summary>
public sealed class DatagramReturn
{
    private readonly BoundDatagramSocket _socket;
    private readonly SocketAddress _destination;

    internal DatagramReturn(BoundDatagramSocket socket, ReadOnlySpan<byte> destination)
    {
        _socket = socket;
        _destination = new SocketAddress(
            socket.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, destination.Length);
        destination.CopyTo(_destination.Buffer.Span);
    }

    /// <summary>The socket that the request came to.</summary>
    internal BoundDatagramSocket Socket => _socket;

    /// <summary>The sender's address as the system has it.</summary>
    internal ReadOnlySpan<byte> Destination => _destination.Buffer.Span[.._destination.Size];

    /// <summary>
    /// Sends a message; false when the system refuses, or when the address was given up meanwhile. The client asks again, as after any
    /// lost datagram.
    /// </summary>
    public bool TrySend(ReadOnlySpan<byte> message)
    {
        try
        {
            return _socket.Socket.SendTo(message, SocketFlags.None, _destination) == message.Length;
        }
        catch (Exception refusal) when (refusal is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
