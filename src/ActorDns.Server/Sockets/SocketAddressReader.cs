using System.Buffers.Binary;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>
/// Reads addresses in the form in which the system's sockets keep them (<c>sockaddr_in</c>, <c>sockaddr_in6</c>).
/// </summary>
internal static class SocketAddressReader
{
    internal const int IPv4Bytes = 16;
    internal const int IPv6Bytes = 28;

    /// <summary>
    /// The endpoint in a socket address of the given family. Port and address lie at the same offsets on every system.
    /// </summary>
    internal static NetEndpoint Read(ReadOnlySpan<byte> address, bool isIPv6)
    {
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        return isIPv6
            ? new NetEndpoint(NetAddress.FromBytes(address.Slice(8, 16)), port)
            : new NetEndpoint(NetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(address[4..])), port);
    }
}
