using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Notify;

/// <summary>What the configuration says to the notifier.</summary>
public sealed record NotifierSettings
{
    /// <summary>The zones whose changes are told; each once, also when several views show it.</summary>
    public IReadOnlyList<ZoneNotifySettings> Zones { get; init; } = [];

    /// <summary>All zones that are served, by view and name: the addresses of name servers are looked up in them first.</summary>
    public IReadOnlyDictionary<(string View, DomainName Name), PublishedZone> Served { get; init; } =
        new Dictionary<(string, DomainName), PublishedZone>();

    /// <summary>The <c>server</c> blocks of each view, the longest prefix first.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<NotifyPeer>> Peers { get; init; } =
        new Dictionary<string, IReadOnlyList<NotifyPeer>>();

    /// <summary>Where this server listens itself: a name server there is not told.</summary>
    public IReadOnlySet<NetEndpoint> Own { get; init; } = new HashSet<NetEndpoint>();

    /// <summary>The port of name servers.</summary>
    public ushort Port { get; init; } = 53;

    /// <summary>Notifies a second.</summary>
    public int Rate { get; init; } = 20;

    /// <summary>Notifies a second for zones that have just been loaded.</summary>
    public int StartupRate { get; init; } = 20;
}
