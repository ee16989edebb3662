namespace ActorDns.Actors.Cluster;

/// <summary>What a zone's actors need of the other nodes.</summary>
/// <param name="Zones">Where zones enter themselves that follow the store.</param>
/// <param name="Propagation">Holds answers back until other nodes have what they tell of.</param>
/// <param name="Stewards">Tells for which zones this node asks primaries and tells secondaries.</param>
public sealed record ClusterLinks(FollowedZones Zones, PropagationGate Propagation, Stewardship Stewards);
