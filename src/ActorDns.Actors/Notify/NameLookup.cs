using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Notify;

/// <summary>A name that the system was asked for, or is to be.</summary>
internal sealed class NameLookup(DomainName name) : Scheduled
{
    public DomainName Name { get; } = name;

    /// <summary>The answer; null before there is one.</summary>
    public IReadOnlyList<NetAddress>? Addresses { get; set; }

    /// <summary>How long the answer counts.</summary>
    public TimeSpan KnownUntil { get; set; }

    /// <summary>True while the system has not come back.</summary>
    public bool IsRunning { get; set; }

    /// <summary>True when it was said that there is no answer.</summary>
    public bool IsSaid { get; set; }

    /// <summary>The zones whose rounds wait for it.</summary>
    public HashSet<NotifyZone> Zones { get; } = [];
}
