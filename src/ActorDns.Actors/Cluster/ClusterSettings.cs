namespace ActorDns.Actors.Cluster;

/// <summary>What a node's settings say about the cluster.</summary>
public sealed record ClusterSettings
{
    /// <summary>Longest <see cref="PropagationTimeout"/>: well below the time after which a client sends its update again.</summary>
    public static readonly TimeSpan LongestPropagationTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Who must serve a change before its client is told.</summary>
    public PropagationMode Propagation { get; init; }

    /// <summary>How long a client waits for that at most; a node that is later is lagging.</summary>
    public TimeSpan PropagationTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a node lives after it was heard last, by the database's clock.</summary>
    public TimeSpan AliveFor { get; init; } = TimeSpan.FromSeconds(5);
}
