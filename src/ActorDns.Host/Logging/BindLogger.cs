using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Logging;

/// <summary>A logger of one BIND category.</summary>
internal sealed class BindLogger(BindLoggerProvider provider, string category) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel)
    {
        if (logLevel == LogLevel.None)
            return false;

        // The event's name, which may say more, is not known yet: what could be a notice or deep debugging is let through to Log.
        BindLevel gravest = logLevel == LogLevel.Information ? BindLevel.Notice
            : logLevel < LogLevel.Information ? BindLevel.Debug(1)
            : BindLevel.Of(logLevel, null);
        return IsTaken(gravest);
    }

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        BindLevel level = BindLevel.Of(logLevel, eventId.Name);
        if (logLevel == LogLevel.None || !IsTaken(level))
            return;
        string message = formatter(state, exception);
        if (exception is not null)
            message = provider.DebugLevel > 0 ? $"{message}: {exception}" : $"{message}: {exception.Message}";
        provider.Post(category, level, message);
    }

    private bool IsTaken(BindLevel level)
    {
        ImmutableArray<LogRoute> routes = provider.RoutesOf(category);
        int debugLevel = provider.DebugLevel;
        foreach (LogRoute route in routes)
        {
            if (route.Takes(level, debugLevel))
                return true;
        }

        return false;
    }
}
