namespace ActorDns.Kernel;

/// <summary>Counts the restarts of one actor against its strategy. Used from the actor's own loop only.</summary>
internal sealed class RestartBudget(SupervisorStrategy strategy, TimeProvider clock, Func<double> jitter)
{
    private const int MaxExponent = 30;
    private long _windowStart;
    private int _restartsInWindow;
    private int _consecutive;
    private long _lastRestart;

    /// <summary>Restarts since the actor was spawned.</summary>
    public int Total { get; private set; }

    /// <summary>Takes one restart from the budget; false when it is used up.</summary>
    public bool TryTake(out TimeSpan delay)
    {
        long now = clock.GetTimestamp();
        if (_restartsInWindow == 0 || clock.GetElapsedTime(_windowStart, now) >= strategy.Window)
        {
            _windowStart = now;
            _restartsInWindow = 0;
        }
        if (_restartsInWindow >= strategy.MaxRestarts)
        {
            delay = TimeSpan.Zero;
            return false;
        }
        _restartsInWindow++;
        Total++;
        if (_consecutive > 0 && clock.GetElapsedTime(_lastRestart, now) >= strategy.Window)
            _consecutive = 0;
        delay = Delay(_consecutive++);
        return true;
    }

    /// <summary>Notes that the new instance begins now.</summary>
    public void Restarted() => _lastRestart = clock.GetTimestamp();

    private TimeSpan Delay(int before)
    {
        double ticks = strategy.InitialBackoff.Ticks * Math.Pow(2, Math.Min(before, MaxExponent));
        ticks = Math.Min(ticks, strategy.MaxBackoff.Ticks);
        return TimeSpan.FromTicks((long)(ticks * (1 + (strategy.JitterFraction * jitter()))));
    }
}
