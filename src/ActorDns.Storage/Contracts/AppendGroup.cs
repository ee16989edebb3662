namespace ActorDns.Storage.Contracts;

/// <summary>Everything that one transaction is to write.</summary>
/// <param name="CommitId">Random; by it the outcome is found again when the answer to COMMIT was lost.</param>
/// <param name="Epoch">Epoch of the store that the caller opened (<see cref="StoreIdentity.Epoch"/>).</param>
/// <param name="Zones">One element per zone.</param>
public sealed record AppendGroup(Guid CommitId, Guid Epoch, IReadOnlyList<ZoneAppend> Zones);
