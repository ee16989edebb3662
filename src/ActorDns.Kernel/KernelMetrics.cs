using System.Diagnostics.Metrics;

namespace ActorDns.Kernel;

/// <summary>
/// The instruments of one actor system. The tag <c>actor.group</c> is the name of the top-level actor, so that it stays
/// bounded.
/// </summary>
internal sealed class KernelMetrics : IDisposable
{
    private readonly Meter _meter;

    public KernelMetrics(string systemName, Func<IEnumerable<Measurement<long>>> mailboxDepths)
    {
        _meter = new Meter(ActorSystem.MeterName, null, [new("actor.system", systemName)]);
        _meter.CreateObservableGauge("actor.mailbox.depth", mailboxDepths, "{message}", "Messages waiting in mailboxes.");
        Processed = _meter.CreateCounter<long>("actor.messages.processed", "{message}", "Messages handled.");
        Restarts = _meter.CreateCounter<long>("actor.restarts", "{restart}", "Actors restarted after a failure.");
        DeadLetters = _meter.CreateCounter<long>("actor.dead_letters", "{message}", "Messages nobody will handle.");
        Rejected = _meter.CreateCounter<long>("actor.tells.rejected", "{message}", "Messages refused by a full mailbox.");
        SinkFailures = _meter.CreateCounter<long>("actor.sink.failures", "{failure}", "Exceptions thrown by the system's sinks.");
    }

    public Counter<long> Processed { get; }

    public Counter<long> Restarts { get; }

    public Counter<long> DeadLetters { get; }

    public Counter<long> Rejected { get; }

    public Counter<long> SinkFailures { get; }

    public static KeyValuePair<string, object?> Group(string name) => new("actor.group", name);

    public void Dispose() => _meter.Dispose();
}
