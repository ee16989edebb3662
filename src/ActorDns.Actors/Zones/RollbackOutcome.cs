using ActorDns.Protocol.Records;

namespace ActorDns.Actors.Zones;

/// <summary>What came of a rollback.</summary>
/// <param name="Serial">The new serial, under which the earlier content is served; null when nothing was done.</param>
/// <param name="Text">Why nothing was done, or what the operator must know; empty when there is nothing to say.</param>
public sealed record RollbackOutcome(Serial? Serial, string Text);
