namespace ActorDns.Storage.Contracts;

/// <summary>The nodes at one moment.</summary>
/// <param name="Now">The database's clock.</param>
/// <param name="Members">One per name, in order of names.</param>
public sealed record ClusterView(DateTimeOffset Now, IReadOnlyList<ClusterMember> Members)
{
    /// <summary>Those that were seen less than <paramref name="aliveFor"/> ago and have not left.</summary>
    public IEnumerable<ClusterMember> Alive(TimeSpan aliveFor) =>
        Members.Where(member => member.Report.State != MemberState.Left && Now - member.SeenAt < aliveFor);
}
