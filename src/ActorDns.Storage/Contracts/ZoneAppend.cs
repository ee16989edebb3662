namespace ActorDns.Storage.Contracts;

/// <summary>What a group holds for one zone. The zone wins or loses as a whole and does not disturb the others.</summary>
/// <param name="ZoneId">Zone to change.</param>
/// <param name="ExpectedVersion">Head on which the entries were computed.</param>
/// <param name="Entries">Changes in order; they become versions ExpectedVersion + 1 and on. Never empty.</param>
public sealed record ZoneAppend(long ZoneId, long ExpectedVersion, IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>The file that was read, to be remembered with the change.</summary>
    public ImportedFile? Import { get; init; }

    /// <summary>A staged checkpoint that becomes valid with the change; required by a baseline entry.</summary>
    public long? Checkpoint { get; init; }

    /// <summary>The lease under which the change is made; an older token than the store's writes nothing.</summary>
    public LeaseToken? Lease { get; init; }

    /// <summary>True when a frozen zone must not take it (RFC 2136 updates, and rollbacks, which are an operator's updates).</summary>
    internal bool IsEdit => Entries.Any(entry => entry.Origin is ChangeOrigin.Update or ChangeOrigin.Rollback);

    /// <summary>Throws <see cref="ArgumentException"/> when the entries cannot belong together.</summary>
    internal void Check()
    {
        if (Entries.Count == 0)
            throw new ArgumentException("a zone without entries in a group");
        for (int at = 0; at < Entries.Count; at++)
        {
            JournalEntry entry = Entries[at];
            if (at > 0 && entry.SerialFrom != Entries[at - 1].SerialTo)
                throw new ArgumentException($"entry {at} starts at serial {entry.SerialFrom}, not at {Entries[at - 1].SerialTo}");
            if (entry.IsBaseline && (at < Entries.Count - 1 || Checkpoint is null))
                throw new ArgumentException("a baseline is the last entry of its zone and comes with a checkpoint");
        }
    }
}
