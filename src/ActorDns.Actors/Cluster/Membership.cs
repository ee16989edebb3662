using ActorDns.Actors.Journal;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>What this node says of itself, and what it knows of the others. Any thread may read it.</summary>
/// <param name="node">Name of this node.</param>
/// <param name="incarnation">This process.</param>
public sealed class Membership(string node, Guid incarnation)
{
    private volatile ClusterStatus _status = ClusterStatus.Unknown;
    private volatile int _state = (int)MemberState.Starting;

    /// <summary>Name of this node.</summary>
    public string Node { get; } = node;

    /// <summary>This process.</summary>
    public Guid Incarnation { get; } = incarnation;

    /// <summary>What this node is doing.</summary>
    public MemberState State
    {
        get => (MemberState)_state;
        internal set => _state = (int)value;
    }

    /// <summary>The nodes.</summary>
    public ClusterStatus Status
    {
        get => _status;
        internal set => _status = value;
    }

    /// <summary>Makes what changes of a report: zones, updates and the like.</summary>
    public required Func<MemberReport, MemberReport> Describe { get; init; }

    /// <summary>Says that this node lives, and takes what is known of the others.</summary>
    internal async Task<StoreResult<ClusterView>> BeatAsync(OpenedStore opened, TimeSpan aliveFor, CancellationToken ct)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ct).ConfigureAwait(false);
        if (!identity.IsDone)
            return new(StoreStatus.Unavailable, identity.Message); // Refused would say that the name is another node's.
        MemberReport report = Describe(new MemberReport(
            Node, Incarnation, State, [], "", identity.Value.SchemaVersion, Zones: 0, Updates: 0, IsLagging: false));
        return await opened.Store.Cluster!.Members.HeartbeatAsync(report, aliveFor, ct).ConfigureAwait(false);
    }
}
