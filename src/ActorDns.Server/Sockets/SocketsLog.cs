using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Sockets;

/// <summary>What the sockets have to say. Event ids 2000 to 2099.</summary>
internal static partial class SocketsLog
{
    [LoggerMessage(2000, LogLevel.Error, "a datagram was dropped because its handling failed ({Faults} so far)")]
    internal static partial void DatagramHandlerFault(ILogger logger, long faults, Exception failure);

    [LoggerMessage(2001, LogLevel.Error, "the connection of {Peer} was ended because handling a message failed")]
    internal static partial void StreamHandlerFault(ILogger logger, NetEndpoint peer, Exception failure);

    [LoggerMessage(2002, LogLevel.Error, "the connection of {Peer} failed")]
    internal static partial void ConnectionFailed(ILogger logger, NetEndpoint peer, Exception failure);

    [LoggerMessage(2003, LogLevel.Error, "the TCP listener on {Local} restarts; its socket and connections stay")]
    internal static partial void TcpListenerRestarts(ILogger logger, NetEndpoint local, Exception reason);

    [LoggerMessage(2004, LogLevel.Error, "the UDP listener on {Local} restarts; its sockets stay")]
    internal static partial void UdpListenerRestarts(ILogger logger, NetEndpoint local, Exception reason);
}
