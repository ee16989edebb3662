using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Wiring;

/// <summary>A zone that lives on this node: its place of publication and its actor, kept over reloads.</summary>
internal sealed class ZoneRuntime(PublishedZone published, ActorRef<ZoneCommand> actor)
{
    public PublishedZone Published { get; } = published;

    public ActorRef<ZoneCommand> Actor { get; } = actor;

    /// <summary>Why the last load was refused; null when it was not.</summary>
    public string? Error { get; set; }
}
