using System.Net;
using ActorDns.Actors.Keys;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Notify;

/// <summary>What the notifier works with.</summary>
/// <param name="Leases">Keeps a version of a zone while it is read.</param>
/// <param name="Log">Category <c>notify</c>.</param>
/// <param name="Resolve">Asks the system for the addresses of a name that is in none of our zones.</param>
/// <param name="NextId">Draws message IDs.</param>
public sealed record NotifierServices(
    SnapshotLeases Leases, ILogger Log, Func<string, Task<IPAddress[]>> Resolve, Func<ushort> NextId)
{
    /// <summary>Where deliveries are counted; null where nobody counts.</summary>
    public ActorsMetrics? Metrics { get; init; }

    /// <summary>Chooses the keys that sign; null signs with the configured ones.</summary>
    public OutboundKeys? Keys { get; init; }
}
