namespace ActorDns.Server.Sockets;

/// <summary>What a UDP socket does about path MTU and fragments.</summary>
public enum PathMtuDiscovery
{
    /// <summary>Leaves the socket as the system made it.</summary>
    System,

    /// <summary>
    /// Ignores path MTU values that were learned from ICMP, so that a forged one cannot force fragments
    /// (IP_PMTUDISC_OMIT); only a reply above the interface's own MTU is fragmented, and the EDNS sizes in use never
    /// reach it.
    /// </summary>
    Omit,

    /// <summary>
    /// As <see cref="Omit"/>, but a reply above the interface's MTU is refused instead of fragmented
    /// (IP_PMTUDISC_INTERFACE).
    /// </summary>
    Interface,
}
