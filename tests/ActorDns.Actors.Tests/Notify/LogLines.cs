using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Tests.Notify;

/// <summary>Keeps what is logged, and lets a test wait for a line.</summary>
internal sealed class LogLines : ILogger
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Part, int Count, TaskCompletionSource Seen)> _waiting = [];

    public string[] All
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public int Count(string part) => All.Count(line => line.Contains(part, StringComparison.Ordinal));

    /// <summary>Completes when so many lines have the part, those before the call included.</summary>
    public async Task WaitForAsync(string part, int count = 1)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.Count(line => line.Contains(part, StringComparison.Ordinal)) >= count)
                return;
            _waiting.Add((part, count, seen));
        }

        await seen.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            _lines.Add($"{logLevel}: {formatter(state, exception)}");
            foreach ((string part, int count, TaskCompletionSource seen) in _waiting)
            {
                if (_lines.Count(line => line.Contains(part, StringComparison.Ordinal)) >= count)
                    seen.TrySetResult();
            }
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
