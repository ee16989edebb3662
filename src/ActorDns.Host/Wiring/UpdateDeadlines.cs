using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Ends the wait of updates whose writer does not answer. One timer for all of them: a second more or less does not matter, and most are
/// answered within milliseconds.
/// </summary>
internal sealed class UpdateDeadlines : IDisposable
{
    /// <summary>Longest wait of an update for its writer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<UpdateAnswer, long> _waiting = new();
    private readonly TimeProvider _clock;
    private readonly Histogram<double> _seconds;
    private readonly ITimer _timer;

    public UpdateDeadlines(TimeProvider clock, Histogram<double> seconds)
    {
        _clock = clock;
        _seconds = seconds;
        _timer = clock.CreateTimer(static state => ((UpdateDeadlines)state!).ExpireLate(), this, Interval, Interval);
    }

    /// <summary>Limits the wait for an answer.</summary>
    public void Watch(UpdateAnswer answer)
    {
        _waiting[answer] = _clock.GetTimestamp();
        if (answer.IsGiven)
            Forget(answer); // It came before the wait was noted.
    }

    /// <summary>The answer was given.</summary>
    public void Forget(UpdateAnswer answer)
    {
        if (_waiting.TryRemove(answer, out long since))
            _seconds.Record(_clock.GetElapsedTime(since).TotalSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void ExpireLate()
    {
        foreach ((UpdateAnswer answer, long since) in _waiting)
        {
            TimeSpan waited = _clock.GetElapsedTime(since);
            if (waited < Longest || !_waiting.TryRemove(answer, out _))
                continue;
            _seconds.Record(waited.TotalSeconds);
            answer.Expire();
        }
    }
}
