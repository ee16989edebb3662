using ActorDns.Protocol.Records;

namespace ActorDns.Storage.Contracts;

/// <summary>What a journal entry changed, and its place in the store: what it takes to follow it.</summary>
/// <param name="ZoneId">Zone that it changed.</param>
/// <param name="Version">Version of the zone that it made.</param>
/// <param name="CommitId">Group that it was written with.</param>
/// <param name="SerialTo">Serial of that version.</param>
/// <param name="Wire">The difference in wire form, empty for a baseline: see <see cref="JournalEntry.Wire"/>.</param>
public sealed record StoredChange(long ZoneId, long Version, Guid CommitId, Serial SerialTo, ReadOnlyMemory<byte> Wire)
{
    /// <summary>True when the content is in a checkpoint and not in <see cref="Wire"/>.</summary>
    public bool IsBaseline => Wire.IsEmpty;
}
