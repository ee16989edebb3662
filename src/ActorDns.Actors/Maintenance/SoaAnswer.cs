using ActorDns.Protocol.Records;

namespace ActorDns.Actors.Maintenance;

/// <summary>What a primary said of its SOA.</summary>
/// <param name="Serial">Its serial; null when there is none to go by.</param>
/// <param name="ExpireSeconds">Seconds until the zone expires there, when it told them.</param>
/// <param name="Reason">Why there is no serial; empty when there is.</param>
/// <param name="IsUnreachable">True when it did not answer at all.</param>
internal sealed record SoaAnswer(Serial? Serial, uint? ExpireSeconds, string Reason, bool IsUnreachable = false);
