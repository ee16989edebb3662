namespace ActorDns.Zones.Tree;

/// <summary>The managed head of one immutable version of a tree.</summary>
internal sealed class TreeRoot(ZoneArena arena, byte[] origin, TreeNode node, TreeCounts counts, long version)
{
    private TreeNode _node = node;

    public TreeNode Node => _node;

    public readonly int OriginBytes = origin.Length;

    public ZoneArena Arena { get; } = arena;

    public byte[] Origin { get; } = origin;

    public TreeCounts Counts { get; } = counts;

    /// <summary>The arena's version in which this tree was committed.</summary>
    public long Version { get; } = version;

    /// <summary>
    /// Sets the generation of every live node to 0. Readers mask generations out and each word keeps its other bits, so they may look on.
    /// </summary>
    public void ForgetBirths() => _node = ZoneTreeTransaction.ForgetBirths(_node);
}
