using ActorDns.Actors.Cluster;
using ActorDns.Kernel;

namespace ActorDns.Actors.Journal;

/// <summary>What zones need to be journaled.</summary>
/// <param name="Opened">Where journals are kept.</param>
/// <param name="Writer">The node's one writer of changes.</param>
/// <param name="Node">This node's name, which every entry carries.</param>
/// <param name="MayHoldContent">
/// False when the store was empty at start, so that files are all there is; true also when it could not be looked at.
/// </param>
public sealed record JournalServices(OpenedStore Opened, ActorRef<JournalCommand> Writer, string Node, bool MayHoldContent = true)
{
    /// <summary>Tells whether the store was away.</summary>
    public StoreContact Contact { get; init; } = new();

    /// <summary>The other nodes of the store; null when there are none.</summary>
    public ClusterLinks? Cluster { get; init; }

    /// <summary>Writes a zone on its held head, after a loss against another node; null when there are none.</summary>
    public GroupCommits? Commits { get; init; }

    /// <summary>What retention has to leave; null where nothing is given to others.</summary>
    public PromisedSerials? Promises { get; init; }
}
