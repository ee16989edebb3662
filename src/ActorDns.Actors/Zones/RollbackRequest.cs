using ActorDns.Kernel;
using ActorDns.Protocol.Records;

namespace ActorDns.Actors.Zones;

/// <summary>An operator's wish for the content of an earlier serial.</summary>
/// <param name="To">The serial whose content is wanted.</param>
/// <param name="KeyName">Key that signed the operator's command, for the journal.</param>
/// <param name="Peer">Where the command came from, for the journal.</param>
/// <param name="Done">Gets the outcome.</param>
public sealed record RollbackRequest(Serial To, string? KeyName, string? Peer, ReplyTo<RollbackOutcome> Done);
