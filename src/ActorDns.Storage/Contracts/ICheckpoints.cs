using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>Whole contents of zones, from which replay starts.</summary>
public interface ICheckpoints
{
    /// <summary>
    /// Writes the chunks of a checkpoint that counts only when it is completed, here or in <see cref="ZoneAppend.Checkpoint"/>.
    /// Several transactions, so that a large zone does not hold up the journal. Gives its number.
    /// </summary>
    ValueTask<StoreResult<long>> StageAsync(
        long zoneId, long version, Serial serial, Guid epoch, IEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken cancellation);

    /// <summary>
    /// Makes a staged checkpoint valid and removes the zone's older ones. NotFound when it is not there or of a later version
    /// than the head.
    /// </summary>
    ValueTask<StoreResult<CheckpointHeader>> CompleteAsync(long checkpointId, CancellationToken cancellation);

    /// <summary>The newest valid checkpoint of a zone; NotFound when there is none.</summary>
    ValueTask<StoreResult<CheckpointHeader>> LatestAsync(long zoneId, CancellationToken cancellation);

    /// <summary>
    /// One chunk. Corrupt when it is not what was written; NotFound when a newer checkpoint has replaced this one meanwhile.
    /// </summary>
    ValueTask<StoreResult<ReadOnlyMemory<byte>>> ReadChunkAsync(long checkpointId, int index, CancellationToken cancellation);
}
