using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>What the follower keeps over a restart of it, and shows to others.</summary>
internal sealed class FollowMemory
{
    private volatile bool _isBehind;

    /// <summary>How far the feed was read; null before the first time, and after the store was away.</summary>
    public FeedPosition? Position { get; set; }

    /// <summary>The counters of what operators change, when they were last read.</summary>
    public StoreRevisions? Revisions { get; set; }

    /// <summary>True when this node knows of changes that it has not served for longer than others wait.</summary>
    public bool IsBehind
    {
        get => _isBehind;
        set => _isBehind = value;
    }
}
