using System.Diagnostics;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// Frees what no reader of one zone can see any more; for the zone's single writer. Memory born in version b and replaced in version d is
/// free when every reader's epoch began after d was published and no leased version lies in [b, d): an old lease keeps
/// its own version only.
/// </summary>
public sealed class SnapshotReclaimer(ReaderEpochs epochs)
{
    private readonly Queue<Batch> _batches = new();
    private readonly List<Superseded> _superseded = [];

    /// <summary>Number of replaced versions that a lease holds, or that <see cref="Collect"/> has not looked at yet.</summary>
    public int SupersededCount => _superseded.Count;

    /// <summary>True when nothing waits to be freed.</summary>
    public bool IsDrained => _batches.Count == 0 && _superseded.Count == 0;

    /// <summary>
    /// Hands over a version after its successor was published, or, with null, after the zone was taken out of service. Until then the
    /// versions between them, which were never published, belong to the successor.
    /// </summary>
    public void Retire(ZoneSnapshot replaced, ZoneSnapshot? successor)
    {
        Debug.Assert(replaced != successor);
        replaced.IsPublished = true;
        if (successor is not null)
            successor.IsPublished = true;
        List<RetireList> lists = [];
        for (ZoneSnapshot? version = successor; version is not null && version != replaced;)
        {
            if (version.Retired is { } retired)
                lists.Add(retired);
            ZoneSnapshot? basis = version.Basis;
            version.Retired = null;
            version.Basis = null;
            version = basis;
        }

        bool isLast = successor is null || successor.Arena != replaced.Arena;
        _superseded.Add(new Superseded(replaced));
        _batches.Enqueue(new Batch(
            epochs.Advance(), lists, successor?.Arena ?? replaced.Arena, isLast ? replaced.Arena : null));
    }

    /// <summary>Frees what can be freed now. Call it after each publication, and now and then while not <see cref="IsDrained"/>.</summary>
    public void Collect()
    {
        for (int at = _superseded.Count - 1; at >= 0; at--)
        {
            if (!_superseded[at].Snapshot.TryGiveUp())
                continue;
            Superseded gone = _superseded[at];
            _superseded.RemoveAt(at);
            foreach (RetireList.Entry entry in gone.Waiting)
                Place(entry, gone.Snapshot.Arena, gone.Snapshot.Version);
            if (gone.EndsArena)
                PlaceEnd(gone.Snapshot.Arena);
        }

        long oldest = epochs.OldestActive();
        while (_batches.TryPeek(out Batch batch) && batch.Epoch <= oldest)
        {
            _batches.Dequeue();
            foreach (RetireList list in batch.Lists)
            {
                foreach (RetireList.Entry entry in list.Entries)
                    Place(entry, batch.Arena, list.Version);
            }

            if (batch.EndedArena is not null)
                PlaceEnd(batch.EndedArena);
        }
    }

    /// <summary>
    /// Frees a version that was never published and from which no other was made. Of several, discard the last made first.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was published, leased or discarded, or a later version was made from it.</exception>
    public static void Discard(ZoneSnapshot unpublished)
    {
        ZoneArena arena = unpublished.Arena;
        if (arena.Version != unpublished.Version)
            throw new InvalidOperationException("a later version was made from this one");
        if (unpublished.IsPublished || !unpublished.TryGiveUp())
            throw new InvalidOperationException("the snapshot was published, leased or discarded before");
        if (unpublished.Basis is null)
        {
            arena.Dispose();
            return;
        }

        ZoneTreeTransaction.FreeOwned(arena, unpublished.Names.Root!.Node);
        ZoneTreeTransaction.FreeOwned(arena, unpublished.Nsec3Names.Root!.Node);
        arena.AbandonVersion();
        unpublished.Basis = null;
        unpublished.Retired = null;
    }

    /// <summary>Frees all versions from <paramref name="last"/> back to <paramref name="kept"/>, which stays; none was published.</summary>
    public static void DiscardSince(ZoneSnapshot kept, ZoneSnapshot last)
    {
        while (last != kept)
        {
            ZoneSnapshot basis = last.Basis
                ?? throw new InvalidOperationException("the version was not made from the one that is to be kept");
            Discard(last);
            last = basis;
        }
    }

    // Frees an entry, or lets it wait for the newest leased version that sees it.
    private void Place(RetireList.Entry entry, ZoneArena arena, long before)
    {
        Superseded? holder = NewestLeased(arena, before);
        if (holder is null || holder.Snapshot.Version < entry.Birth)
            entry.FreeIn(arena);
        else
            holder.Waiting.Add(entry);
    }

    private void PlaceEnd(ZoneArena arena)
    {
        if (NewestLeased(arena, long.MaxValue) is { } holder)
            holder.EndsArena = true;
        else
            arena.Dispose();
    }

    private Superseded? NewestLeased(ZoneArena arena, long before)
    {
        for (int at = _superseded.Count - 1; at >= 0; at--)
        {
            ZoneSnapshot snapshot = _superseded[at].Snapshot;
            if (snapshot.Arena == arena && snapshot.Version < before)
                return _superseded[at];
        }

        return null;
    }

    private readonly record struct Batch(long Epoch, List<RetireList> Lists, ZoneArena Arena, ZoneArena? EndedArena);

    private sealed class Superseded(ZoneSnapshot snapshot)
    {
        public ZoneSnapshot Snapshot { get; } = snapshot;

        public List<RetireList.Entry> Waiting { get; } = [];

        public bool EndsArena { get; set; }
    }
}
