namespace ActorDns.Actors.Maintenance;

/// <summary>Spaces the SOA queries of all zones, so that a start with many of them is no flood (<c>serial-query-rate</c>).</summary>
public sealed class QueryPace(TimeProvider clock)
{
    private const int DefaultPerSecond = 20;
    private readonly long _started = clock.GetTimestamp();
    private long _nextTicks;
    private int _asking;

    /// <summary>Queries a second.</summary>
    public int PerSecond { get; set; } = DefaultPerSecond;

    /// <summary>Questions under way, those in the line included.</summary>
    public int Asking => Volatile.Read(ref _asking);

    /// <summary>Asks a question when its place in the line has come.</summary>
    internal async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        Interlocked.Increment(ref _asking);
        try
        {
            await WaitAsync(ct).ConfigureAwait(false);
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }
    }

    /// <summary>Waits for the next place in the line.</summary>
    private Task WaitAsync(CancellationToken ct)
    {
        long step = TimeSpan.TicksPerSecond / Math.Max(1, PerSecond);
        long now = clock.GetElapsedTime(_started).Ticks; // Never goes back, unlike the time of day.
        while (true)
        {
            long next = Interlocked.Read(ref _nextTicks);
            long mine = Math.Max(now, next);
            if (Interlocked.CompareExchange(ref _nextTicks, mine + step, next) != next)
                continue;
            return mine == now ? Task.CompletedTask : Task.Delay(TimeSpan.FromTicks(mine - now), clock, ct);
        }
    }
}
