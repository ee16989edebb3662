namespace ActorDns.Zones.Keys;

/// <summary>What is known of the cluster at a moment, as far as the life of keys depends on it.</summary>
/// <param name="Now">The time of the store's clock.</param>
/// <param name="LiveNodes">Nodes that answer queries now; empty when that is not known.</param>
/// <param name="Confirmed">Version of the registry that each node verifies with.</param>
/// <param name="LastUse">When a key was last used by anybody at any node; null for never.</param>
public sealed record KeyObservations(
    DateTimeOffset Now,
    IReadOnlyList<string> LiveNodes,
    IReadOnlyDictionary<string, long> Confirmed,
    Func<RegisteredKey, DateTimeOffset?> LastUse)
{
    /// <summary>True when every live node knows the key as it is, and there is one.</summary>
    public bool IsKnownEverywhere(RegisteredKey key) => LiveNodes.Count > 0 && !NodesWithout(key).Any();

    /// <summary>Live nodes that have not confirmed the key as it is.</summary>
    public IEnumerable<string> NodesWithout(RegisteredKey key) =>
        LiveNodes.Where(node => Confirmed.GetValueOrDefault(node) < key.RingVersion);
}
