namespace ActorDns.Host.Metrics;

/// <summary>Where a node is in its life.</summary>
internal enum NodePhase
{
    /// <summary>Zones are being loaded for the first time.</summary>
    Starting,

    /// <summary>Requests are answered.</summary>
    Serving,

    /// <summary>What is in flight ends, and then the node.</summary>
    Draining,
}
