using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Logging;

/// <summary>
/// Logging as named.conf describes it. A logger's name is a BIND category; names of .NET libraries become <c>network</c>, others of
/// ours <c>general</c>.
/// </summary>
public sealed class BindLoggerProvider : ILoggerProvider
{
    private readonly TimeProvider _clock;
    private readonly TextWriter _standardError;
    private readonly LogWriter _writer;
    private volatile LogPlan _plan;
    private volatile int _debugLevel;

    /// <summary>Begins to log by those settings.</summary>
    public BindLoggerProvider(LogSettings settings, TimeProvider clock, TextWriter? standardError = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _clock = clock;
        _standardError = standardError ?? Console.Error;
        Settings = settings;
        _plan = new LogPlanBuilder(settings, clock, _standardError).Build();
        _writer = new LogWriter(_plan, clock, () => _debugLevel);
    }

    /// <summary>The settings in force.</summary>
    public LogSettings Settings { get; private set; }

    /// <summary>The server's debug level; channels with <c>severity dynamic</c> follow it.</summary>
    public int DebugLevel
    {
        get => _debugLevel;
        set => _debugLevel = Math.Max(0, value);
    }

    /// <summary>Lines lost because they came faster than they could be written.</summary>
    public long DroppedLines => _writer.Dropped;

    /// <summary>Takes other settings. Lines logged before still go where they went, none is lost between.</summary>
    public Task ReconfigureAsync(LogSettings settings)
    {
        LogPlan plan = new LogPlanBuilder(settings, _clock, _standardError).Build();
        Settings = settings;
        _plan = plan;
        return _writer.ReplaceAsync(plan);
    }

    /// <summary>Opens the log files again by name, after somebody has moved them.</summary>
    public Task ReopenAsync() => _writer.ReopenAsync();

    /// <summary>Completes when everything logged so far is written.</summary>
    public Task FlushAsync() => _writer.FlushAsync();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new BindLogger(this, CategoryOf(categoryName));

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    internal ImmutableArray<LogRoute> RoutesOf(string category) => _plan.RoutesOf(category);

    internal void Post(string category, BindLevel level, string message) =>
        _writer.Post(new LogLine(_clock.GetUtcNow(), category, level, message));

    private static string CategoryOf(string name) =>
        name.StartsWith("Microsoft.", StringComparison.Ordinal) || name.StartsWith("System.", StringComparison.Ordinal) ? "network"
        : name.StartsWith("ActorDns", StringComparison.Ordinal) ? "general"
        : name;
}
