using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Wiring;

/// <summary>A zone that lives on this node: its place of publication and its actor, kept over reloads.</summary>
internal sealed class ZoneRuntime(
    PublishedZone published, ActorRef<ZoneCommand> actor, ZoneJournal? journal, UpdateInbox updates, LoadedFiles files)
{
    public PublishedZone Published { get; } = published;

    public ActorRef<ZoneCommand> Actor { get; } = actor;

    /// <summary>The zone's place in the store; null when nothing is journaled.</summary>
    public ZoneJournal? Journal { get; } = journal;

    /// <summary>Where the zone's updates wait.</summary>
    public UpdateInbox Updates { get; } = updates;

    /// <summary>The files of the last load.</summary>
    public LoadedFiles Files { get; } = files;

    /// <summary>The file that the last load began with; null before the first.</summary>
    public string? LoadedFrom { get; set; }

    /// <summary>Keeps a secondary zone new; null for a primary zone.</summary>
    public ActorRef<RefreshCommand>? Refresher { get; init; }

    /// <summary>True once a secondary zone was restored and its primaries are asked.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Why the last load was refused; null when it was not.</summary>
    public string? Error { get; set; }

    /// <summary>How the zone stands now.</summary>
    public ZoneStanding Standing =>
        Published.Current is not null ? ZoneStanding.Served
        : Refresher is not null ? ZoneStanding.AwaitingTransfer
        : Error is not null ? ZoneStanding.Failed
        : ZoneStanding.Loading;
}
