using System.Net;
using System.Net.Sockets;

namespace ActorDns.Testing.Processes;

/// <summary>Ports of 127.0.0.1 that nobody uses, below those that the kernel hands out to clients.</summary>
public static class FreePorts
{
    private const int First = 10_000;
    private const int Last = 32_000;
    private const int Attempts = 200;

    /// <summary>A port that is free for UDP and TCP now.</summary>
    public static int Take()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            int port = Random.Shared.Next(First, Last);
            if (IsFree(port, SocketType.Dgram, ProtocolType.Udp) && IsFree(port, SocketType.Stream, ProtocolType.Tcp))
                return port;
        }

        throw new InvalidOperationException($"no free port between {First} and {Last}");
    }

    private static bool IsFree(int port, SocketType type, ProtocolType protocol)
    {
        try
        {
            using Socket probe = new(AddressFamily.InterNetwork, type, protocol) { ExclusiveAddressUse = true };
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
