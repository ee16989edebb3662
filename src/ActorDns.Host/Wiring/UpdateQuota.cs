namespace ActorDns.Host.Wiring;

/// <summary>Counts the updates that are under way, those that are passed on to a primary among them, up to <c>update-quota</c>.</summary>
internal sealed class UpdateQuota
{
    private readonly Action _release;
    private int _underWay;
    private long _rejected;

    public UpdateQuota() => _release = () => Interlocked.Decrement(ref _underWay);

    /// <summary>Most at once; null leaves it to the mailboxes of the zones.</summary>
    public int? Most { get; set; }

    /// <summary>Updates for which there was no room.</summary>
    public long Rejected => Volatile.Read(ref _rejected);

    /// <summary>Takes a place, and gives what gives it back; false when there is none.</summary>
    public bool TryEnter(out Action release)
    {
        release = _release;
        if (Interlocked.Increment(ref _underWay) <= (Most ?? int.MaxValue))
            return true;
        Interlocked.Decrement(ref _underWay);
        Interlocked.Increment(ref _rejected);
        return false;
    }
}
