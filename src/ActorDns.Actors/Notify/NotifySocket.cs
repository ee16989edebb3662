using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ActorDns.Actors.Transfers;
using ActorDns.Kernel;
using ActorDns.Protocol.Messages;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Notify;

/// <summary>
/// A UDP socket for notifies. One whose port the system chooses is connected to one server, so that the system tells when nobody listens
/// there (RFC 1996 §3.6); one with a port of its own is shared by all servers. A datagram reaches the notifier only when its source and ID
/// belong to a message that waits for a reply, so that strangers cannot fill the mailbox.
/// </summary>
internal sealed class NotifySocket : IDisposable
{
    /// <summary>Any IPv4 address and port.</summary>
    public static readonly NetEndpoint AnyIPv4 = new(NetAddress.From(IPAddress.Any), 0);

    /// <summary>Any IPv6 address and port.</summary>
    public static readonly NetEndpoint AnyIPv6 = new(NetAddress.From(IPAddress.IPv6Any), 0);

    private const int MaxReplyBytes = 65_535;
    private const int MaxErrorsInARow = 100;
    private readonly Socket _socket;
    private readonly ActorRef<NotifyCommand> _owner;
    private readonly ConcurrentDictionary<(NetEndpoint Server, ushort Id), NotifyDelivery> _awaited = new();

    private NotifySocket(Socket socket, bool isConnected, ActorRef<NotifyCommand> owner)
    {
        _socket = socket;
        IsConnected = isConnected;
        _owner = owner;
        _ = ReceiveAsync();
    }

    /// <summary>True when it receives no more.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>True when it has one server.</summary>
    public bool IsConnected { get; }

    /// <summary>True when no reply is waited for.</summary>
    public bool IsIdle => _awaited.IsEmpty;

    /// <summary>The deliveries that wait for a reply.</summary>
    public IEnumerable<NotifyDelivery> Awaited => _awaited.Values;

    /// <summary>Opens a socket at a source address, for one server unless that is null.</summary>
    /// <exception cref="SocketException">The address cannot be bound, or no way leads to the server.</exception>
    public static NotifySocket Open(NetEndpoint source, NetEndpoint? server, ActorRef<NotifyCommand> owner)
    {
        AddressFamily family = source.Address.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        Socket socket = new(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (source.Address.IsIPv6)
                socket.DualMode = false;
            socket.Bind(new IPEndPoint(source.Address.ToIPAddress(), source.Port));
            if (server is { } only)
                socket.Connect(new IPEndPoint(only.Address.ToIPAddress(), only.Port));
            return new NotifySocket(socket, server is not null, owner);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Reserves an ID for a server; false when a message with it waits already.</summary>
    public bool TryAwait(NetEndpoint server, ushort id, NotifyDelivery delivery) => _awaited.TryAdd((server, id), delivery);

    /// <summary>A reply with that ID is not waited for any more.</summary>
    public void Forget(NetEndpoint server, ushort id) => _awaited.TryRemove((server, id), out _);

    /// <summary>Sends a message; gives what the system says against it, or null.</summary>
    public string? Send(ReadOnlySpan<byte> message, NetEndpoint server)
    {
        try
        {
            if (IsConnected)
                _socket.Send(message);
            else
                _socket.SendTo(message, new IPEndPoint(server.Address.ToIPAddress(), server.Port));
            return null;
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            return failure.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[MaxReplyBytes];
        EndPoint any = new IPEndPoint(
            _socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        int errors = 0;
        while (errors < MaxErrorsInARow)
        {
            try
            {
                SocketReceiveFromResult got = await _socket.ReceiveFromAsync(buffer, any).ConfigureAwait(false);
                errors = 0;
                Take(buffer.AsSpan(0, got.ReceivedBytes), (IPEndPoint)got.RemoteEndPoint);
            }
            catch (SocketException failure) when (failure.SocketErrorCode != SocketError.OperationAborted)
            {
                errors++;
                if (IsConnected)
                    _owner.Tell(new NotifyCommand.Unreachable(this, OutboundConnection.WordsOf(failure.SocketErrorCode)));
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                break;
            }
        }

        IsEnded = true;
    }

    private void Take(ReadOnlySpan<byte> message, IPEndPoint from)
    {
        if (message.Length < MessageHeader.Bytes)
            return;
        ushort id = MessageHeader.Id(message);
        NetEndpoint server = new(NetAddress.From(from.Address), (ushort)from.Port);
        if (_awaited.TryGetValue((server, id), out NotifyDelivery? delivery))
            _owner.Tell(new NotifyCommand.Received(delivery, id, message.ToArray())); // Without room it is as if lost on the way.
    }
}
