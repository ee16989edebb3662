using System.Diagnostics.Metrics;
using ActorDns.Actors.Notify;
using ActorDns.Actors.Transfers;

namespace ActorDns.Actors;

/// <summary>What of the writers' work is measured as it happens.</summary>
public sealed class ActorsMetrics
{
    private static readonly double[] SecondsBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] CountBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<double> _commitZones;
    private readonly Histogram<double> _commitEntries;
    private readonly Counter<long> _transfers;
    private readonly Counter<long> _notifies;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The node's meter.</param>
    public ActorsMetrics(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _commitSeconds = Histogram(
            meter, "actordns.journal.commit.duration", "s", "Time that one group took to be written to the journal.", SecondsBuckets);
        _commitZones = Histogram(
            meter, "actordns.journal.commit.zones", "{zone}", "Zones whose changes were written in one group.", CountBuckets);
        _commitEntries = Histogram(
            meter, "actordns.journal.commit.entries", "{entry}", "Journal entries that were written in one group.", CountBuckets);
        _transfers = meter.CreateCounter<long>(
            "actordns.transfers.in", "{transfer}", "Zone transfers from primaries that ended, by kind and outcome.");
        _notifies = meter.CreateCounter<long>(
            "actordns.notifies.out", "{notify}", "NOTIFY deliveries to secondaries that ended, by outcome.");
    }

    /// <summary>Begins all series at zero, so that the first event is an increase.</summary>
    public void Begin()
    {
        foreach (bool isIncremental in (bool[])[false, true])
        {
            foreach (InboundStatus status in Enum.GetValues<InboundStatus>())
                Transferred(isIncremental, status, 0);
        }

        foreach (NotifyOutcome outcome in Enum.GetValues<NotifyOutcome>())
            Notified(outcome, 0);
    }

    internal void Committed(TimeSpan elapsed, int zones, int entries)
    {
        _commitSeconds.Record(elapsed.TotalSeconds);
        _commitZones.Record(zones);
        _commitEntries.Record(entries);
    }

    internal void Transferred(bool isIncremental, InboundStatus status, long count = 1) => _transfers.Add(
        count,
        new("kind", isIncremental ? "IXFR" : "AXFR"),
        new("outcome", status switch
        {
            InboundStatus.Done => "done",
            InboundStatus.UpToDate => "up_to_date",
            InboundStatus.Failed => "failed",
            _ => "unreachable",
        }));

    internal void Notified(NotifyOutcome outcome, long count = 1) => _notifies.Add(count, new KeyValuePair<string, object?>(
        "outcome",
        outcome switch
        {
            NotifyOutcome.Acknowledged => "acknowledged",
            NotifyOutcome.Refused => "refused",
            _ => "unanswered",
        }));

    private static Histogram<double> Histogram(Meter meter, string name, string unit, string description, double[] buckets) =>
        meter.CreateHistogram(name, unit, description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = buckets });
}
