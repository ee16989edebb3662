namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>
/// Estimates all responses per second, for <c>qps-scale</c>: a mean over one window at a time, and within a window never below
/// that of the window before.
/// </summary>
internal sealed class TotalRate(int qpsScale, int windowSeconds)
{
    private const long NotStarted = long.MinValue;
    private long _responses;
    private long _windowStart = NotStarted;
    private double _perSecond;

    /// <summary>Counts a response; the factor that rates are to be multiplied with, 1 and above for "not at all".</summary>
    public double CountAndScale(long nowSeconds)
    {
        if (qpsScale == 0)
            return 1.0;
        long responses = Interlocked.Increment(ref _responses);
        long start = Volatile.Read(ref _windowStart);
        if (start == NotStarted)
        {
            Interlocked.CompareExchange(ref _windowStart, nowSeconds, NotStarted);
            return 1.0;
        }

        double former = Volatile.Read(ref _perSecond);
        long seconds = nowSeconds - start;
        if (seconds <= 0)
            return Scale(former);
        double perSecond = (double)responses / seconds;
        if (seconds < windowSeconds)
            return Scale(Math.Max(perSecond, former));
        if (Interlocked.CompareExchange(ref _windowStart, nowSeconds, start) == start)
        {
            Volatile.Write(ref _perSecond, perSecond);
            Interlocked.Add(ref _responses, -responses);
        }

        return Scale(perSecond);
    }

    private double Scale(double perSecond) => perSecond <= qpsScale ? 1.0 : qpsScale / perSecond;
}
