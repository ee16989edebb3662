using System.Net;
using ActorDns.Actors.Notify;
using ActorDns.Actors.Transfers;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Wiring;

/// <summary>Makes what a configuration says about notifies into what the notifier goes by.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="port">The server's port, which is also that of the servers it tells unless another is written.</param>
/// <param name="registered">Finds keys that are in the registry only.</param>
internal sealed class NotifierSettingsMapper(NamedConfiguration configuration, int port, Func<DomainName, TsigKey?> registered)
{
    /// <summary>The settings for the zones that are served.</summary>
    /// <param name="zones">The zones with settings of their own, each with its view and its name in logs.</param>
    /// <param name="served">All zones, by view and name.</param>
    /// <param name="own">Where this server listens.</param>
    public NotifierSettings Map(
        IEnumerable<(ViewConfiguration View, ZoneConfiguration Zone, ZoneRuntime Runtime, string LogName)> zones,
        IReadOnlyDictionary<(string View, DomainName Name), ZoneRuntime> served,
        IEnumerable<NetEndpoint> own) => new()
        {
            Zones = [.. zones.Select(entry => Map(entry.View, entry.Zone, entry.Runtime, entry.LogName))],
            Served = served.ToDictionary(pair => pair.Key, pair => pair.Value.Published),
            Peers = configuration.Views.ToDictionary(view => view.Name, Peers),
            Own = own.ToHashSet(),
            Port = (ushort)port,
            Rate = configuration.Options.NotifyRate.Value,
            StartupRate = configuration.Options.StartupNotifyRate.Value,
        };

    /// <summary>The settings for one zone.</summary>
    public ZoneNotifySettings Map(ViewConfiguration view, ZoneConfiguration zone, ZoneRuntime runtime, string logName)
    {
        ZoneSettings settings = zone.Settings;
        NotifyMode mode = settings.Notify.Value;
        if (mode == NotifyMode.PrimaryOnly)
            mode = zone.Kind == ZoneKind.Primary ? NotifyMode.Yes : NotifyMode.No;
        return new ZoneNotifySettings
        {
            Zone = runtime.Published,
            LogName = logName,
            View = view.Name,
            ToNameServers = mode == NotifyMode.Yes,
            ToSoaPrimary = settings.NotifyToSoa.Value,
            AlsoNotify = mode == NotifyMode.No
                ? []
                : [.. settings.AlsoNotify.Value.Select(server => Map(view, server)).OfType<AlsoNotify>()],
            Delay = settings.NotifyDelay.Value,
            Defer = settings.NotifyDefer.Value,
            Source = Source(settings.NotifySource.Value, isV6: false),
            SourceV6 = Source(settings.NotifySourceV6.Value, isV6: true),
        };
    }

    // A server that asks for a key that nobody knows is left out: it is never told without instead.
    private AlsoNotify? Map(ViewConfiguration view, RemoteServer server)
    {
        if (!TryFindKey(view, server.Key, out TsigKey? key))
            return null;
        OutboundTls? tls = OutboundTlsMapper.Map(configuration, server);
        return new AlsoNotify(
            new NetEndpoint(NetAddress.From(server.Address), OutboundTlsMapper.PortOf(configuration, server, tls, port)),
            key,
            server.Source is { } source ? new NetEndpoint(NetAddress.From(source), 0) : null,
            tls);
    }

    // The blocks of a view stand in place of the global ones; the sort is stable, so the first of two equal prefixes counts.
    private IReadOnlyList<NotifyPeer> Peers(ViewConfiguration view) =>
    [
        .. (view.Servers.IsEmpty ? configuration.Servers : view.Servers)
            .OrderByDescending(server => server.PrefixLength)
            .Select(server => new NotifyPeer(
                new NetPrefix(NetAddress.From(server.Address), server.PrefixLength),
                TryFindKey(view, server.Key, out TsigKey? key) ? key : null,
                server.NotifySource is { } source
                    ? Source(source, server.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
                    : null,
                server.TcpOnly ?? false)),
    ];

    private bool TryFindKey(ViewConfiguration view, DomainName? name, out TsigKey? key)
    {
        KeyDefinition? found = name is null
            ? null
            : view.Keys.Concat(configuration.Keys).FirstOrDefault(candidate => candidate.Name == name);
        key = found is not null ? new TsigKey(found.Name, found.Algorithm, found.Secret, found.TruncatedBits ?? 0)
            : name is { } other ? registered(other)
            : null;
        return name is null || key is not null;
    }

    private static NetEndpoint Source(SourceAddress source, bool isV6) => new(
        NetAddress.From(source.Address ?? (isV6 ? IPAddress.IPv6Any : IPAddress.Any)), (ushort)(source.Port ?? 0));
}
