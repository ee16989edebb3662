using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>Newest state of a zone in the store; an append is compared and set against it.</summary>
/// <param name="ZoneId">Surrogate number of the zone, new when the zone is made again.</param>
/// <param name="Version">Number of the last entry; 0 when nothing has been stored.</param>
/// <param name="Serial">Serial after the last entry; null when nothing has been stored.</param>
public readonly record struct ZoneHead(long ZoneId, long Version, Serial? Serial);
