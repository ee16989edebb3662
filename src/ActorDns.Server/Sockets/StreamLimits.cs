namespace ActorDns.Server.Sockets;

/// <summary>
/// How many stream connections there may be, over all listeners that share a <see cref="StreamConnectionTable"/>.
/// </summary>
public sealed record StreamLimits
{
    /// <summary>Connections in total (tcp-clients).</summary>
    public int MaxConnections { get; init; } = 150;

    /// <summary>Connections of one client address (RFC 7766 §6.2.2).</summary>
    public int MaxConnectionsPerClient { get; init; } = 50;
}
