using ActorDns.Actors.Journal;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Cluster;

/// <summary>What the follower works with.</summary>
/// <param name="Self">This process.</param>
/// <param name="Opened">The store.</param>
/// <param name="Contact">Is told when the store was away.</param>
/// <param name="Zones">The zones of this node.</param>
/// <param name="Other">Takes signals that are not the follower's.</param>
/// <param name="Changed">Takes what operators have changed in the store.</param>
/// <param name="Log">Category <c>database</c>.</param>
internal sealed record FollowServices(
    Guid Self,
    OpenedStore Opened,
    StoreContact Contact,
    FollowedZones Zones,
    Action<ClusterSignal> Other,
    StoreChanges Changed,
    ILogger Log);
