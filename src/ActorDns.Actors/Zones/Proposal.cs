using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>The next version of a zone, made but not yet durable: what is to be journaled, and what to publish when it is.</summary>
/// <param name="Next">The version to publish.</param>
/// <param name="Changes">What leads to it, oldest first; empty for a first content.</param>
/// <param name="Entries">The journal's entries, one for each change.</param>
internal sealed record Proposal(ZoneSnapshot Next, IReadOnlyList<ZoneChange> Changes, IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>The file that the content came from.</summary>
    public ImportedFile? Import { get; init; }

    /// <summary>The version in the store that it follows, when that is not the one that is held.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>A staged checkpoint of <see cref="Next"/>.</summary>
    public long? Checkpoint { get; init; }
}
