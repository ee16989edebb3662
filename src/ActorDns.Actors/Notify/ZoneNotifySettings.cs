using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Notify;

/// <summary>Whom the changes of one zone are told to, and when.</summary>
public sealed record ZoneNotifySettings
{
    /// <summary>The zone.</summary>
    public required PublishedZone Zone { get; init; }

    /// <summary>The zone as logs name it, <c>example.com/IN</c> with the view's name behind.</summary>
    public required string LogName { get; init; }

    /// <summary>The view whose zones and <c>server</c> blocks count.</summary>
    public required string View { get; init; }

    /// <summary>True when the name servers of the zone are told.</summary>
    public bool ToNameServers { get; init; }

    /// <summary>True when the primary that the SOA names is one of them.</summary>
    public bool ToSoaPrimary { get; init; }

    /// <summary>Servers told besides.</summary>
    public IReadOnlyList<AlsoNotify> AlsoNotify { get; init; } = [];

    /// <summary>True when anybody may have to be told.</summary>
    public bool TellsAnybody => ToNameServers || AlsoNotify.Count > 0;

    /// <summary>The least time between two rounds.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a round waits at least.</summary>
    public TimeSpan Defer { get; init; }

    /// <summary>Where messages over IPv4 are sent from.</summary>
    public NetEndpoint Source { get; init; } = NotifySocket.AnyIPv4;

    /// <summary>Where messages over IPv6 are sent from.</summary>
    public NetEndpoint SourceV6 { get; init; } = NotifySocket.AnyIPv6;
}
