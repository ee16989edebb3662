using ActorDns.Zones.Access;

namespace ActorDns.Actors.Keys;

/// <summary>How far a server is on its way to a new key.</summary>
/// <param name="Peer">The server.</param>
/// <param name="OldKey">Name of the old key.</param>
/// <param name="NewKey">Name of the new key.</param>
/// <param name="IsProven">True when the new key signs what is sent to it.</param>
/// <param name="Probes">Questions that were signed with the new key to find out.</param>
/// <param name="ProbedAt">When it was asked last.</param>
/// <param name="Problem">Why that failed; empty when it did not.</param>
public sealed record CutoverStatus(
    NetEndpoint Peer, string OldKey, string NewKey, bool IsProven, int Probes, DateTimeOffset? ProbedAt, string Problem);
