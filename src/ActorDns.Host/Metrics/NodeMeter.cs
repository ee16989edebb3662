using System.Diagnostics.Metrics;
using ActorDns.Actors;
using ActorDns.Kernel;
using ActorDns.Server;

namespace ActorDns.Host.Metrics;

/// <summary>
/// The node's meter and the instruments that are written to as things happen. Whoever has something to be looked at adds an observable
/// instrument to <see cref="Meter"/>; it is on the page of metrics and in OTLP without more. Names begin with <c>actordns.</c>, and a tag
/// never has more values than the configuration gives it.
/// </summary>
internal sealed class NodeMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "ActorDns";

    private static readonly double[] SecondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Makes the meter of the node whose actors live in <paramref name="system"/>.</summary>
    public NodeMeter(ActorSystem system)
    {
        Meter = new Meter(new MeterOptions(Name) { Scope = system });
        Server = new ServerMetrics(Meter);
        Actors = new ActorsMetrics(Meter);
        UpdateSeconds = Meter.CreateHistogram(
            "actordns.update.duration",
            "s",
            "Time from the hand-over of an update to its zone until its outcome was known.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = SecondsBuckets });
    }

    public Meter Meter { get; }

    public ServerMetrics Server { get; }

    public ActorsMetrics Actors { get; }

    /// <summary>Updates, by the time they took.</summary>
    public Histogram<double> UpdateSeconds { get; }

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();
}
