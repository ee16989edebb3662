using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>What the one who keeps this node's membership can be told.</summary>
internal abstract record MembershipCommand
{
    private MembershipCommand()
    {
    }

    /// <summary>It is time to say that this node lives.</summary>
    internal sealed record Beat : MembershipCommand
    {
        internal static readonly Beat Instance = new();
    }

    /// <summary>It was said, or not.</summary>
    internal sealed record Beaten(StoreResult<ClusterView> View) : MembershipCommand;

    /// <summary>Says now that this node is doing something else; the reply comes when that is known to the store, or cannot be.</summary>
    internal sealed record Become(MemberState State, ReplyTo<bool> Done) : MembershipCommand;
}
