namespace ActorDns.Server.Sockets;

/// <summary>Implementations of the UDP batch interface.</summary>
public enum DatagramEngineKind
{
    /// <summary>The best one for the running system.</summary>
    Automatic,

    /// <summary>Batched system calls; Linux only.</summary>
    Linux,

    /// <summary>The framework's sockets, one datagram per call; everywhere.</summary>
    Managed,
}
