namespace ActorDns.Server.Tests.Sockets;

/// <summary>Another clock, but for one reading of its time stamp that fails when it is told to.</summary>
internal sealed class FailingClock(TimeProvider inner) : TimeProvider
{
    private int _state;

    internal bool HasFailed => Volatile.Read(ref _state) == 2;

    public override long TimestampFrequency => inner.TimestampFrequency;

    internal void FailNext() => Volatile.Write(ref _state, 1);

    public override long GetTimestamp() =>
        Interlocked.CompareExchange(ref _state, 2, 1) == 1
            ? throw new InvalidOperationException("asked to fail")
            : inner.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
