namespace ActorDns.Storage.Contracts;

/// <summary>The right to act as a singleton until a time of the database's clock.</summary>
/// <param name="Token">Name and fencing token.</param>
/// <param name="Holder">Node that has it.</param>
/// <param name="Until">End of it by the database's clock.</param>
public sealed record Lease(LeaseToken Token, string Holder, DateTimeOffset Until);
