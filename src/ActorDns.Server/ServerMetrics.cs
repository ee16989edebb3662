using System.Diagnostics.Metrics;

namespace ActorDns.Server;

/// <summary>
/// What of the server's work is measured as it happens. What requests do is in <see cref="Pipeline.RequestCounters"/>, which cost less.
/// </summary>
public sealed class ServerMetrics
{
    private static readonly string[] Kinds = ["AXFR", "IXFR", "AXFR-style IXFR"];
    private static readonly string[] Outcomes = ["done", "aborted"];
    private readonly Counter<long> _transfers;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _refused;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The node's meter.</param>
    public ServerMetrics(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _transfers = meter.CreateCounter<long>(
            "actordns.transfers.out", "{transfer}", "Outgoing zone transfers that ended, by kind and outcome.");
        _bytes = meter.CreateCounter<long>("actordns.transfers.out.sent", "By", "Octets of outgoing zone transfers that were done.");
        _refused = meter.CreateCounter<long>(
            "actordns.transfers.out.over_quota", "{transfer}", "Outgoing zone transfers refused because transfers-out was reached.");
    }

    /// <summary>Begins all series at zero, so that the first event is an increase.</summary>
    public void Begin()
    {
        foreach (string kind in Kinds)
        {
            foreach (string outcome in Outcomes)
                Ended(kind, outcome, 0);
            _bytes.Add(0, new KeyValuePair<string, object?>("kind", kind));
        }

        _refused.Add(0);
    }

    internal void Done(string kind, long bytes)
    {
        Ended(kind, "done", 1);
        _bytes.Add(bytes, new KeyValuePair<string, object?>("kind", kind));
    }

    internal void Aborted(string kind) => Ended(kind, "aborted", 1);

    internal void OverQuota() => _refused.Add(1);

    private void Ended(string kind, string outcome, long count) =>
        _transfers.Add(count, new("kind", kind), new("outcome", outcome));
}
