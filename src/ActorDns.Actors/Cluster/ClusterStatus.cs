using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>The nodes as this one knows them. Immutable; the newest is in <see cref="Membership"/>.</summary>
/// <param name="View">All nodes at the time of the last successful heartbeat.</param>
/// <param name="Live">Those of them that lived.</param>
/// <param name="IsReachable">False when the last heartbeat could not be written: the view is an old one.</param>
public sealed record ClusterStatus(ClusterView View, IReadOnlyList<ClusterMember> Live, bool IsReachable)
{
    /// <summary>Nothing is known yet.</summary>
    public static ClusterStatus Unknown { get; } = new(new ClusterView(DateTimeOffset.UnixEpoch, []), [], false);
}
