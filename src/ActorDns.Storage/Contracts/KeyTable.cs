namespace ActorDns.Storage.Contracts;

/// <summary>The whole registry at one moment.</summary>
/// <param name="Version">Counts the writes of keys.</param>
/// <param name="Time">The store's clock.</param>
/// <param name="Keys">All keys, ended ones too.</param>
/// <param name="Confirmed">Version that each node verifies with.</param>
public sealed record KeyTable(
    long Version, DateTimeOffset Time, IReadOnlyList<StoredKey> Keys, IReadOnlyDictionary<string, long> Confirmed);
