namespace ActorDns.Storage.Contracts;

/// <summary>The nodes that share the store, timed by the database's clock.</summary>
public interface IClusterMembers
{
    /// <summary>
    /// Says that this node lives, and how it is; gives all nodes as they are then. Refused when another process under the same name
    /// was seen less than <paramref name="aliveFor"/> ago: two nodes of one name would take each other's leases.
    /// </summary>
    ValueTask<StoreResult<ClusterView>> HeartbeatAsync(MemberReport own, TimeSpan aliveFor, CancellationToken cancellation);

    /// <summary>All nodes that were seen and have not been forgotten.</summary>
    ValueTask<StoreResult<ClusterView>> ReadAsync(CancellationToken cancellation);

    /// <summary>Says that this process is about to end; gives false when it was not there.</summary>
    ValueTask<StoreResult<bool>> LeaveAsync(Guid incarnation, CancellationToken cancellation);
}
