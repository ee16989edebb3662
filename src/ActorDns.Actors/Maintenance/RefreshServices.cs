using ActorDns.Actors.Keys;
using ActorDns.Actors.Transfers;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Maintenance;

/// <summary>What the refresh of a zone works with.</summary>
/// <param name="Published">Where the zone is served.</param>
/// <param name="Journal">The zone's place in the store; null when nothing is journaled.</param>
/// <param name="Writer">The zone's writer.</param>
/// <param name="Transfers">Fetches zones.</param>
/// <param name="Leases">Keeps a version while its SOA is read.</param>
/// <param name="Pace">Spaces the questions of all zones.</param>
/// <param name="Loggers">Makes the loggers of categories.</param>
/// <param name="Clock">Tells the time of day, and the time that passes whatever becomes of the time of day.</param>
/// <param name="Jitter">Values from 0 to below 1, so that zones do not refresh all at once.</param>
public sealed record RefreshServices(
    PublishedZone Published,
    ZoneJournal? Journal,
    ActorRef<ZoneCommand> Writer,
    ActorRef<InboundCommand> Transfers,
    SnapshotLeases Leases,
    QueryPace Pace,
    ILoggerFactory Loggers,
    TimeProvider Clock,
    Func<double> Jitter)
{
    /// <summary>Chooses the keys that sign; null signs with the configured ones.</summary>
    public OutboundKeys? Keys { get; init; }
}
