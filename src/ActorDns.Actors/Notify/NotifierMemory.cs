using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Notify;

/// <summary>What outlives a restart of the notifier.</summary>
internal sealed class NotifierMemory
{
    public NotifierSettings Settings { get; set; } = new();

    public Dictionary<PublishedZone, NotifyZone> Zones { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>When the notifier was started first: its times count from there.</summary>
    public long? StartTimestamp { get; set; }

    /// <summary>False while zones are being loaded.</summary>
    public bool IsOpen { get; set; }
}
