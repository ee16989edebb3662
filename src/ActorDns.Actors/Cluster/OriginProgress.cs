namespace ActorDns.Actors.Cluster;

/// <summary>How far this node is with the groups of another one.</summary>
internal sealed class OriginProgress
{
    private readonly Queue<Portion> _portions = new();

    /// <summary>The newest group that was heard of.</summary>
    public long Heard { get; private set; }

    /// <summary>The group up to which everything is served here.</summary>
    public long Served { get; private set; }

    /// <summary>The newest acknowledgement that was sent.</summary>
    public long Acknowledged { get; set; } = -1;

    /// <summary>When the node was heard last.</summary>
    public long HeardAt { get; set; }

    /// <summary>True when groups are missing before these.</summary>
    public bool HasGapBefore(long first) => first > Heard + 1;

    /// <summary>Takes groups that were heard of; null when they bring nothing new.</summary>
    public Portion? Take(long last)
    {
        if (last <= Heard)
            return null;
        Heard = last;
        Portion portion = new(last);
        _portions.Enqueue(portion);
        return portion;
    }

    /// <summary>True when more is served than was acknowledged.</summary>
    public bool Advance()
    {
        while (_portions.TryPeek(out Portion? portion) && portion.Outstanding == 0)
            Served = _portions.Dequeue().Last;
        return Served > Acknowledged;
    }
}
