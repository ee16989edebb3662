using ActorDns.Zones.Access;

namespace ActorDns.Actors.Notify;

/// <summary>What the notifier keeps of a zone; an idle zone waits for nothing.</summary>
internal sealed class NotifyZone(ZoneNotifySettings settings) : Scheduled
{
    public ZoneNotifySettings Settings { get; set; } = settings;

    /// <summary>The servers told in the last round.</summary>
    public Dictionary<(NetEndpoint, string?), NotifyDelivery> Deliveries { get; } = [];

    /// <summary>True when a serial is served that no round has told.</summary>
    public bool IsPending { get; set; }

    /// <summary>True while the zone stands in line for its round.</summary>
    public bool IsReady { get; set; }

    /// <summary>True when the zone was taken out of the configuration.</summary>
    public bool IsGone { get; set; }

    /// <summary>Rounds so far.</summary>
    public int Round { get; set; }

    /// <summary>When the last round began.</summary>
    public TimeSpan? LastRound { get; set; }

    /// <summary>When the next may begin.</summary>
    public TimeSpan NextRound(TimeSpan now)
    {
        TimeSpan deferred = now + Settings.Defer;
        return LastRound + Settings.Delay is { } spaced && spaced > deferred ? spaced : deferred;
    }
}
