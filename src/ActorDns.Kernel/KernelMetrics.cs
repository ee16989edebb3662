using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ActorDns.Kernel;

/// <summary>
/// The instruments of one actor system. All are read when somebody looks, so that nothing is lost that happened before. The tag
/// <c>actor.group</c> is what the recipe of the top-level actor says, or its name: it stays bounded.
/// </summary>
internal sealed class KernelMetrics : IDisposable
{
    private const string Unnamed = "unnamed";
    private readonly Meter _meter;
    private readonly ConcurrentDictionary<string, GroupCounts> _groups = new();
    private long _sinkFailures;

    public KernelMetrics(ActorSystem system, Func<IEnumerable<(GroupCounts Group, long Depth)>> mailboxDepths)
    {
        _meter = new Meter(new MeterOptions(ActorSystem.MeterName)
        {
            Tags = [new("actor.system", system.Name)],
            Scope = system,
        });
        _meter.CreateObservableGauge(
            "actor.mailbox.depth", () => Depths(mailboxDepths()), "{message}", "Messages waiting in mailboxes.");
        Count("actor.messages.processed", static group => ref group.Processed, "{message}", "Messages handled.");
        Count("actor.restarts", static group => ref group.Restarts, "{restart}", "Actors restarted after a failure.");
        Count("actor.tells.rejected", static group => ref group.Rejected, "{message}", "Messages refused by a full mailbox.");
        _meter.CreateObservableCounter(
            "actor.dead_letters", () => system.DeadLetterCount, "{message}", "Messages nobody will handle.");
        _meter.CreateObservableCounter(
            "actor.sink.failures", () => Interlocked.Read(ref _sinkFailures), "{failure}", "Exceptions thrown by the system's sinks.");
    }

    private delegate ref long CountOf(GroupCounts group);

    /// <summary>The counts of a group, which lives as long as the system.</summary>
    /// <param name="group">Its name; null for that of the actor.</param>
    /// <param name="actor">Name of the top-level actor; a generated one is no group.</param>
    public GroupCounts GroupOf(string? group, string actor) =>
        _groups.GetOrAdd(group ?? (ChildTable.IsGenerated(actor) ? Unnamed : actor), static name => new GroupCounts(name));

    public void AddSinkFailure() => Interlocked.Increment(ref _sinkFailures);

    public void Dispose() => _meter.Dispose();

    private void Count(string name, CountOf of, string unit, string description) => _meter.CreateObservableCounter(
        name,
        () => _groups.Values.Select(group => new Measurement<long>(Interlocked.Read(ref of(group)), group.Tag)),
        unit,
        description);

    /// <summary>Every group, also those that have no actor now, so that a depth goes back to 0 instead of away.</summary>
    private IEnumerable<Measurement<long>> Depths(IEnumerable<(GroupCounts Group, long Depth)> actors)
    {
        ILookup<GroupCounts, long> depths = actors.ToLookup(static actor => actor.Group, static actor => actor.Depth);
        return _groups.Values.Select(group => new Measurement<long>(depths[group].Sum(), group.Tag));
    }
}
