using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;

namespace ActorDns.Actors.Cluster;

/// <summary>A zone of this node that follows the store.</summary>
/// <param name="place">Its place in the store.</param>
internal sealed class FollowedZone(ZoneJournal place)
{
    private volatile ActorRef<ZoneCommand>? _writer;
    private volatile ActorRef<RefreshCommand>? _refresher;

    /// <summary>Its place in the store.</summary>
    public ZoneJournal Place { get; } = place;

    /// <summary>Its writer; null until that has started.</summary>
    public ActorRef<ZoneCommand>? Writer
    {
        get => _writer;
        set => _writer = value;
    }

    /// <summary>What keeps it new; null for a primary zone.</summary>
    public ActorRef<RefreshCommand>? Refresher
    {
        get => _refresher;
        set => _refresher = value;
    }
}
