namespace ActorDns.Zones.Snapshots;

/// <summary>
/// The epochs of threads that read snapshots in short turns, such as one batch of datagrams. What was replaced before a turn began is kept
/// until that turn has ended. One instance serves all zones of a node.
/// </summary>
public sealed class ReaderEpochs
{
    private readonly Lock _gate = new();
    private ReaderSlot[] _slots = [];
    private long _epoch = 1;

    /// <summary>The current epoch.</summary>
    internal long Current => Volatile.Read(ref _epoch);

    /// <summary>Gives the calling thread a slot of its own, to be disposed when it reads no more.</summary>
    public ReaderSlot Register()
    {
        ReaderSlot slot = new(this);
        lock (_gate)
            _slots = [.. _slots, slot];
        return slot;
    }

    internal void Forget(ReaderSlot slot)
    {
        lock (_gate)
            _slots = [.. _slots.Where(other => other != slot)];
    }

    /// <summary>
    /// Starts the next epoch, after a publication: who enters it or a later one sees what was published. The increment is also the fence
    /// that pairs with the one in <see cref="ReaderSlot.Enter"/>.
    /// </summary>
    internal long Advance() => Interlocked.Increment(ref _epoch);

    /// <summary>The oldest epoch that a reader is in; the largest number when none reads.</summary>
    internal long OldestActive()
    {
        long oldest = long.MaxValue;
        foreach (ReaderSlot slot in Volatile.Read(ref _slots))
        {
            long entered = slot.Entered;
            if (entered != 0)
                oldest = Math.Min(oldest, entered);
        }

        return oldest;
    }
}
