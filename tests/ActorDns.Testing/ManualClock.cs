namespace ActorDns.Testing;

/// <summary>A clock that moves only when told to; timers due are run on the caller of <see cref="Advance"/>, in order.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<int, bool> Enough, TaskCompletionSource Reached)> _waiting = [];
    private DateTimeOffset _now = start;
    private TimeSpan _jumped;

    public ManualClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are armed.</summary>
    public int TimerCount
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now + _jumped;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _now.Ticks;
    }

    /// <summary>Changes the time of day, as an operator may; no time passes by it.</summary>
    public void JumpTimeOfDay(TimeSpan by)
    {
        lock (_gate)
            _jumped += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes as soon as at least so many timers are armed: the sign that code under test waits for the clock.</summary>
    public Task WhenTimersAsync(int count) => WhenAsync(armed => armed >= count);

    /// <summary>Completes as soon as no timer is armed. A wait that has ended takes its timer away a moment later, so a count of 0 has to be waited for.</summary>
    public Task WhenNoTimersAsync() => WhenAsync(static armed => armed == 0);

    /// <summary>Moves the clock forward and runs every timer that falls due on the way, earliest first.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset target = new DateTimeOffset(GetTimestamp(), TimeSpan.Zero) + by;
        while (TakeDue(target) is { } due)
            due.Run();
        lock (_gate)
            _now = target;
    }

    private Task WhenAsync(Func<int, bool> enough)
    {
        lock (_gate)
        {
            if (enough(_timers.Count))
                return Task.CompletedTask;
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((enough, reached));
            return reached.Task;
        }
    }

    private void Arm(ManualTimer timer)
    {
        _timers.Add(timer);
        TellWaiting();
    }

    private void Disarm(ManualTimer timer)
    {
        if (_timers.Remove(timer))
            TellWaiting();
    }

    private void TellWaiting()
    {
        foreach ((Func<int, bool> enough, TaskCompletionSource reached) in _waiting)
        {
            if (enough(_timers.Count))
                reached.SetResult();
        }

        _waiting.RemoveAll(static wait => wait.Reached.Task.IsCompleted);
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            ManualTimer? next = _timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (next is null)
                return null;
            if (next.Due > _now)
                _now = next.Due;
            next.Reschedule();
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private bool _disposed;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_disposed)
                    return false;
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    clock.Disarm(this);
                    return true;
                }

                clock._timers.Remove(this);
                Due = clock._now + dueTime;
                clock.Arm(this);
                return true;
            }
        }

        public void Reschedule()
        {
            if (_period > TimeSpan.Zero)
                Due += _period;
            else
                clock.Disarm(this);
        }

        public void Run() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                _disposed = true;
                clock.Disarm(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
