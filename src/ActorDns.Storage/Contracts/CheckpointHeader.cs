using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>A zone's whole content at one version, kept in chunks.</summary>
/// <param name="Id">Number of the checkpoint.</param>
/// <param name="ZoneId">The zone.</param>
/// <param name="Version">Version of the zone that it holds; replay starts after it.</param>
/// <param name="Serial">Serial at that version.</param>
/// <param name="Epoch">Epoch of the store that it was made against.</param>
/// <param name="ChunkCount">Chunks that <see cref="ICheckpoints.ReadChunkAsync"/> gives.</param>
/// <param name="Time">When it was staged.</param>
public sealed record CheckpointHeader(
    long Id, long ZoneId, long Version, Serial Serial, Guid Epoch, int ChunkCount, DateTimeOffset Time);
