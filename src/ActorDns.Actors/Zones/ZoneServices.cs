using ActorDns.Actors.Journal;
using ActorDns.Actors.Notify;
using ActorDns.Kernel;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Zones;

/// <summary>What all zones of a node share.</summary>
/// <param name="Files">Reads master files.</param>
/// <param name="Epochs">Tells which readers may still see an old version.</param>
/// <param name="Leases">Keeps versions for work that takes longer than a turn.</param>
/// <param name="Clock">Wall clock.</param>
/// <param name="Loggers">Makes the loggers of categories.</param>
public sealed record ZoneServices(
    IMasterFileSource Files, ReaderEpochs Epochs, SnapshotLeases Leases, TimeProvider Clock, ILoggerFactory Loggers)
{
    /// <summary>What the zones' histories may keep in memory.</summary>
    public HistoryBudget Histories { get; } = new();

    /// <summary>Is told of each new serial; null when nobody is notified.</summary>
    public ActorRef<NotifyCommand>? Notifier { get; init; }

    /// <summary>Keeps what was refused; null where nobody does.</summary>
    public RefusalLog? Refusals { get; init; }
}
