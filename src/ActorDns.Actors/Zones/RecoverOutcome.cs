using ActorDns.Protocol.Records;

namespace ActorDns.Actors.Zones;

/// <summary>What became of a recovery.</summary>
/// <param name="Serial">Serial that is served from now on by all nodes; null when nothing was done.</param>
/// <param name="Text">Why nothing was done.</param>
public sealed record RecoverOutcome(Serial? Serial, string Text);
