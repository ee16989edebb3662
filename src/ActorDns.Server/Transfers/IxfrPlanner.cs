using ActorDns.Protocol.Records;
using ActorDns.Server.Ports;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Transfers;

/// <summary>Decides whether an IXFR client gets differences, and which.</summary>
/// <param name="history">Where older changes are; null when there is no journal.</param>
/// <param name="log">Says why a client gets the whole zone instead.</param>
public sealed class IxfrPlanner(IChangeHistory? history, TransferLog log)
{
    private const int Percent = 100;

    /// <summary>
    /// The differences to send, several as one where that is shorter (RFC 1995 §6). Null when the whole zone is to be sent: the history is
    /// gone, the differences are too large a part of the zone (<c>max-ixfr-ratio</c>), or it was configured so (<c>provide-ixfr</c>).
    /// </summary>
    internal async ValueTask<IReadOnlyList<ZoneChange>?> FindAsync(TransferRequest request, Serial from, CancellationToken ct)
    {
        if (!request.ProvidesIxfr)
            return null;
        ZoneSnapshot snapshot = request.Lease.Snapshot;
        IReadOnlyList<ZoneChange>? changes = null;
        if (snapshot.History?.TryFindShortest(from, out changes) != true && history is not null
            && await history.ReadAsync(request.Zone, from, snapshot.Serial, ct).ConfigureAwait(false) is { } read)
        {
            changes = ZoneChange.Shortest(read);
        }

        if (changes is null)
        {
            log.WholeZoneInstead(request, "IXFR version not in journal");
            return null;
        }

        long records = changes.Sum(static change => (long)change.RecordCount);
        if (request.Zone.MaxIxfrRatioPercent is not { } most || records * Percent <= snapshot.RecordCount * most)
            return changes;
        log.WholeZoneInstead(
            request,
            $"IXFR delta size ({records} records) exceeds the maximum ratio to database size ({snapshot.RecordCount} records)");
        return null;
    }
}
