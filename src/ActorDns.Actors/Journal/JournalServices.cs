using ActorDns.Kernel;

namespace ActorDns.Actors.Journal;

/// <summary>What zones need to be journaled.</summary>
/// <param name="Opened">Where journals are kept.</param>
/// <param name="Writer">The node's one writer of changes.</param>
/// <param name="Node">This node's name, which every entry carries.</param>
/// <param name="MayHoldContent">
/// False when the store was empty at start, so that files are all there is; true also when it could not be looked at.
/// </param>
public sealed record JournalServices(OpenedStore Opened, ActorRef<JournalCommand> Writer, string Node, bool MayHoldContent = true);
