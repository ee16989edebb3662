using System.Net;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Notify;

/// <summary>What the notifier works with.</summary>
/// <param name="Leases">Keeps a version of a zone while it is read.</param>
/// <param name="Log">Category <c>notify</c>.</param>
/// <param name="Resolve">Asks the system for the addresses of a name that is in none of our zones.</param>
/// <param name="NextId">Draws message IDs.</param>
public sealed record NotifierServices(
    SnapshotLeases Leases, ILogger Log, Func<string, Task<IPAddress[]>> Resolve, Func<ushort> NextId);
