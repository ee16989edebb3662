using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Sockets;

/// <summary>What the sockets have to say. Event ids 2000 to 2099.</summary>
internal static partial class SocketsLog
{
    [LoggerMessage(2000, LogLevel.Error, "a datagram was dropped because its handling failed ({Faults} so far)")]
    internal static partial void DatagramHandlerFault(ILogger logger, long faults, Exception failure);
}
