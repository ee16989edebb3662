using ActorDns.Actors.Journal;

namespace ActorDns.Actors.Cluster;

/// <summary>What stewardship works with.</summary>
/// <param name="Membership">The nodes.</param>
/// <param name="Opened">The store.</param>
/// <param name="Zones">The zones of this node.</param>
/// <param name="Held">What this node keeps.</param>
internal sealed record StewardServices(Membership Membership, OpenedStore Opened, FollowedZones Zones, Stewardship Held);
