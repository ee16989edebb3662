namespace ActorDns.Storage.Contracts;

/// <summary>What nodes that share a store know of each other. A store that serves one node only has none.</summary>
public interface ICluster
{
    /// <summary>The nodes.</summary>
    IClusterMembers Members { get; }

    /// <summary>What changed in the store, for a node that follows.</summary>
    IChangeFeed Feed { get; }

    /// <summary>Short messages to all nodes, which may get lost.</summary>
    IClusterSignals Signals { get; }
}
