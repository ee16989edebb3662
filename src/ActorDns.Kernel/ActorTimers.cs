using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Kernel;

/// <summary>
/// An actor's timers, by key. A tick arrives as a message, in line with the others, and is never refused by a full mailbox. After
/// <see cref="Cancel"/> not even a tick that waits already is delivered. All end with a stop or restart. For use in the actor's turn only.
/// </summary>
public sealed class ActorTimers<TMessage>
    where TMessage : notnull
{
    // Timers of the platform take at most 2^32 - 2 milliseconds; longer waits are made of several.
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(40);

    private readonly ActorCell<TMessage> _cell;
    private readonly Dictionary<object, Entry> _entries = [];

    internal ActorTimers(ActorCell<TMessage> cell) => _cell = cell;

    /// <summary>Sends the message to the actor itself once, after the delay. Replaces a timer with the same key.</summary>
    public void StartSingle(object key, TimeSpan delay, TMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Start(new Entry(this, key, message, delay, Timeout.InfiniteTimeSpan));
    }

    /// <summary>
    /// Sends the message to the actor itself again and again, the first time after one period. A tick that finds the last one still
    /// waiting is skipped. Replaces a timer with the same key.
    /// </summary>
    public void StartPeriodic(object key, TimeSpan period, TMessage message) => StartPeriodic(key, period, period, message);

    /// <inheritdoc cref="StartPeriodic(object, TimeSpan, TMessage)"/>
    /// <param name="key">Names the timer.</param>
    /// <param name="initialDelay">The time until the first tick.</param>
    /// <param name="period">The time between ticks, at most 40 days.</param>
    /// <param name="message">What to send.</param>
    public void StartPeriodic(object key, TimeSpan initialDelay, TimeSpan period, TMessage message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initialDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period, LongestStep);
        Start(new Entry(this, key, message, initialDelay, period));
    }

    /// <summary>Ends a timer; false when there was none.</summary>
    public bool Cancel(object key)
    {
        if (!_entries.Remove(key, out Entry? entry))
            return false;
        entry.End();
        return true;
    }

    /// <summary>True while the timer has ticks to come, or one that waits in the mailbox.</summary>
    public bool IsActive(object key) => _entries.ContainsKey(key);

    internal void CancelAll()
    {
        foreach (Entry entry in _entries.Values)
            entry.End();
        _entries.Clear();
    }

    private void Start(Entry entry)
    {
        Cancel(entry.Key);
        _entries.Add(entry.Key, entry);
        entry.Begin();
    }

    private sealed class Entry(ActorTimers<TMessage> owner, object key, TMessage message, TimeSpan delay, TimeSpan period)
        : OwnMessage<TMessage>
    {
        private TimeSpan _left = delay;
        private ITimer? _timer;
        private int _waiting;
        private bool _ended;

        public object Key => key;

        private bool IsSingle => period == Timeout.InfiniteTimeSpan;

        public void Begin()
        {
            // Armed only after the field is set, because the first tick may come at once.
            _timer = owner._cell.System.Clock.CreateTimer(
                static entry => ((Entry)entry!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Arm();
        }

        public void End()
        {
            _ended = true;
            _timer?.Dispose();
        }

        public override bool TryMake([MaybeNullWhen(false)] out TMessage made)
        {
            Volatile.Write(ref _waiting, 0);
            made = message;
            if (_ended)
                return false;
            if (IsSingle)
                owner.Cancel(key);
            return true;
        }

        private void Arm()
        {
            TimeSpan step = _left < LongestStep ? _left : LongestStep;
            _left -= step;
            _timer!.Change(step, _left > TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period);
        }

        private void Tick()
        {
            if (_left > TimeSpan.Zero)
                Arm();
            else if (Interlocked.Exchange(ref _waiting, 1) == 0)
                owner._cell.PutOwn(this);
        }
    }
}
