using ActorDns.Kernel;
using ActorDns.Protocol.Records;

namespace ActorDns.Actors.Zones;

/// <summary>An operator's decision about a zone whose place in the store is disputed (ARCHITECTURE §5.10).</summary>
/// <param name="AcceptsLoss">True takes what the store has; false writes what this node serves.</param>
/// <param name="NewestElsewhere">The newest serial that other nodes serve; null when none of them told one.</param>
/// <param name="KeyName">Key of who asks.</param>
/// <param name="Peer">Where it was asked from.</param>
/// <param name="Done">Gets the outcome.</param>
public sealed record RecoverRequest(
    bool AcceptsLoss, Serial? NewestElsewhere, string? KeyName, string? Peer, ReplyTo<RecoverOutcome> Done);
