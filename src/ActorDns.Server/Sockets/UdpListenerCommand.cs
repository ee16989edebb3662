using ActorDns.Kernel;

namespace ActorDns.Server.Sockets;

/// <summary>What a UDP listener can be told.</summary>
public abstract record UdpListenerCommand
{
    private protected UdpListenerCommand()
    {
    }

    /// <summary>
    /// Serves these sockets from now on. Those that it served before and that are not among them are closed; those that
    /// stay lose no datagram. The reply comes when the change is made.
    /// </summary>
    /// <param name="Sockets">The sockets, at least one; to serve none, stop the listener.</param>
    /// <param name="Done">Where the reply goes; false when the list is empty and nothing was changed.</param>
    public sealed record Serve(IReadOnlyList<BoundDatagramSocket> Sockets, ReplyTo<bool> Done) : UdpListenerCommand;
}
