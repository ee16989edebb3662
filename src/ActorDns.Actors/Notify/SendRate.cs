namespace ActorDns.Actors.Notify;

/// <summary>Spreads sends over time: so many a second, of which a tenth may go together.</summary>
/// <param name="perSecond">Sends a second, at least one.</param>
internal sealed class SendRate(int perSecond)
{
    private readonly TimeSpan _gap = TimeSpan.FromTicks(TimeSpan.TicksPerSecond / Math.Max(1, perSecond));
    private readonly int _together = Math.Max(1, perSecond / 10);
    private TimeSpan _paidUntil = TimeSpan.MinValue;

    /// <summary>Takes the right to send one at a time; false when it is too early.</summary>
    public bool TryTake(TimeSpan now)
    {
        TimeSpan from = _paidUntil < now ? now : _paidUntil;
        if (from - now > _gap * (_together - 1))
            return false;
        _paidUntil = from + _gap;
        return true;
    }

    /// <summary>When the next may be sent.</summary>
    public TimeSpan NextAfter(TimeSpan now)
    {
        TimeSpan next = _paidUntil < now ? now : _paidUntil - (_gap * (_together - 1));
        return next < now ? now : next;
    }
}
