using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sql;

/// <summary>What a driver's exception means.</summary>
/// <param name="Status">The status that the caller is given.</param>
/// <param name="Message">The driver's words, without values of the data.</param>
internal sealed record StoreFailure(StoreStatus Status, string Message);
