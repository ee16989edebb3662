using ActorDns.Protocol.Records;

namespace ActorDns.Actors.Transfers;

/// <summary>What came of the attempt to fetch a zone.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Serial">The primary's serial; null when it was not learnt.</param>
/// <param name="ExpireSeconds">Seconds until the zone expires at the primary, when it told them.</param>
/// <param name="Reason">Why it failed; empty when it did not.</param>
public sealed record InboundOutcome(InboundStatus Status, Serial? Serial, uint? ExpireSeconds, string Reason);
