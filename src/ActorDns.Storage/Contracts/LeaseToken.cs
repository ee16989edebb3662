namespace ActorDns.Storage.Contracts;

/// <summary>Proof of a lease that a write carries; tokens of one name only grow.</summary>
/// <param name="Name">What is leased, for example <c>key-registry</c> or <c>steward/17</c>.</param>
/// <param name="Number">The fencing token.</param>
public readonly record struct LeaseToken(string Name, long Number);
