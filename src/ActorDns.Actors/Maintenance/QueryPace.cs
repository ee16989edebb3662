namespace ActorDns.Actors.Maintenance;

/// <summary>Spaces the SOA queries of all zones, so that a start with many of them is no flood (<c>serial-query-rate</c>).</summary>
public sealed class QueryPace(TimeProvider clock)
{
    private const int DefaultPerSecond = 20;
    private long _nextTicks;

    /// <summary>Queries a second.</summary>
    public int PerSecond { get; set; } = DefaultPerSecond;

    /// <summary>Waits for the next place in the line.</summary>
    public Task WaitAsync(CancellationToken ct)
    {
        long step = TimeSpan.TicksPerSecond / Math.Max(1, PerSecond);
        long now = clock.GetUtcNow().UtcTicks;
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
