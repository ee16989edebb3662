using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ActorDns.Host.Logging;

/// <summary>Which category goes to which channels: one immutable value, replaced as a whole at a reload.</summary>
internal sealed class LogPlan(
    FrozenDictionary<string, ImmutableArray<LogRoute>> categories, ImmutableArray<LogRoute> fallback, ImmutableArray<ILogSink> sinks)
    : IDisposable
{
    /// <summary>Every destination, each once.</summary>
    public ImmutableArray<ILogSink> Sinks => sinks;

    /// <summary>The channels of a category; those of <c>default</c> when it has none of its own.</summary>
    public ImmutableArray<LogRoute> RoutesOf(string category) =>
        categories.TryGetValue(category, out ImmutableArray<LogRoute> routes) ? routes : fallback;

    /// <summary>Writes what is left and closes the files.</summary>
    public void Dispose()
    {
        foreach (ILogSink sink in sinks)
            sink.Dispose();
    }
}
