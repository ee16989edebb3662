using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>What the one who holds answers back can be told.</summary>
internal abstract record PropagationCommand
{
    private PropagationCommand()
    {
    }

    /// <summary>Holds an answer until the other nodes serve a group.</summary>
    internal sealed record Hold(long Group, Action Release) : PropagationCommand;

    /// <summary>Another node serves everything up to a group of this one.</summary>
    internal sealed record Acknowledged(Guid Node, long Group) : PropagationCommand;

    /// <summary>The nodes that live now.</summary>
    internal sealed record Live(IReadOnlyList<ClusterMember> Members) : PropagationCommand;

    /// <summary>The longest wait is over for some.</summary>
    internal sealed record Late : PropagationCommand
    {
        internal static readonly Late Instance = new();
    }
}
