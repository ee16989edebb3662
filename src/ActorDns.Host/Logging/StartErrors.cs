using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Logging;

/// <summary>
/// Keeps the first errors of a start: whoever started the server sees them, though the log goes to a file or to syslog.
/// </summary>
internal sealed class StartErrors : ILoggerProvider, ILogger
{
    private const int MaxLines = 20;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private bool _isOver;

    /// <summary>The errors so far, one a line.</summary>
    public string Text
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Keeps nothing from now on: the server has started.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isOver = true;
            _lines.Clear();
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error && !Volatile.Read(ref _isOver);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        lock (_gate)
        {
            if (_lines.Count < MaxLines)
                _lines.Add(formatter(state, exception));
        }
    }

    public void Dispose()
    {
        // Nothing to give back.
    }
}
