namespace ActorDns.Actors.Cluster;

/// <summary>Which nodes must serve a change before its client is told that it is done.</summary>
public enum PropagationMode
{
    /// <summary>All that live and are not lagging.</summary>
    AllLive,

    /// <summary>More than half of those that live, this one included.</summary>
    Quorum,

    /// <summary>This one.</summary>
    Local,
}
