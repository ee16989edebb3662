namespace ActorDns.Storage.Contracts;

/// <summary>What opening a store tells.</summary>
/// <param name="Epoch">Random id given when the store was made; a replaced store has another.</param>
/// <param name="SchemaVersion">Number of the newest migration in it.</param>
/// <param name="Description">Backend, version and durability settings in words, for the log.</param>
/// <param name="Warnings">What an operator should change, in words.</param>
public sealed record StoreIdentity(Guid Epoch, int SchemaVersion, string Description, IReadOnlyList<string> Warnings);
