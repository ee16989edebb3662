using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Transfers;
using ActorDns.Configuration.Model;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Wiring;

/// <summary>Makes what a configuration says about a secondary zone into what its refresh goes by.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="registered">Finds keys that are in the registry only.</param>
internal sealed class SecondarySettingsMapper(NamedConfiguration configuration, Func<DomainName, TsigKey?> registered)
{
    /// <summary>The settings of a secondary zone of a view.</summary>
    public RefreshSettings Map(ViewConfiguration view, ZoneConfiguration zone, string logName)
    {
        ZoneSettings settings = zone.Settings;
        return new RefreshSettings
        {
            LogName = logName,
            Primaries = [.. zone.Primaries.Select(primary => Map(view, zone, primary))],
            MinRefresh = settings.MinRefreshTime.Value,
            MaxRefresh = settings.MaxRefreshTime.Value,
            MinRetry = settings.MinRetryTime.Value,
            MaxRetry = settings.MaxRetryTime.Value,
            IsMultiPrimary = settings.MultiMaster.Value,
            TriesTcp = settings.TryTcpRefresh.Value,
            MaxTransferTime = settings.MaxTransferTimeIn.Value,
            MaxTransferIdle = settings.MaxTransferIdleIn.Value,
            MaxRecords = settings.MaxRecords.Value,
        };
    }

    private Primary Map(ViewConfiguration view, ZoneConfiguration zone, RemoteServer server)
    {
        ServerPeer? peer = PeerOf(view, server.Address);
        TsigKey? key = (server.Key ?? peer?.Key) is { } name ? FindKey(view, name) : null;
        OutboundTls? tls = OutboundTlsMapper.Map(configuration, server);
        ushort port = OutboundTlsMapper.PortOf(configuration, server, tls, configuration.Options.Port.Value);
        return new Primary(new NetEndpoint(NetAddress.From(server.Address), port))
        {
            Key = key,
            Tls = tls,
            Source = SourceOf(zone, server, peer),
            RequestsIxfr = peer?.RequestIxfr ?? zone.Settings.RequestIxfr.Value,
            RequestsExpire = peer?.RequestExpire ?? zone.Settings.RequestExpire.Value,
            UsesEdns = peer?.Edns ?? true,
            TcpOnly = peer?.TcpOnly ?? false,
            MaxTransfers = peer?.Transfers,
            Obstacle = ObstacleOf(server, peer, key),
        };
    }

    private static string? ObstacleOf(RemoteServer server, ServerPeer? peer, TsigKey? key)
    {
        if (peer?.Bogus == true)
            return "the server is bogus";
        return (server.Key ?? peer?.Key) is { } name && key is null ? $"the key '{name.ToLogString()}' is not known" : null;
    }

    private static NetAddress? SourceOf(ZoneConfiguration zone, RemoteServer server, ServerPeer? peer)
    {
        bool isIPv6 = server.Address.AddressFamily == AddressFamily.InterNetworkV6;
        IPAddress? source = server.Source
            ?? peer?.TransferSource?.Address
            ?? (isIPv6 ? zone.Settings.TransferSourceV6.Value.Address : zone.Settings.TransferSource.Value.Address);
        return source is null ? null : NetAddress.From(source);
    }

    private TsigKey? FindKey(ViewConfiguration view, DomainName name) =>
        view.Keys.Concat(configuration.Keys).FirstOrDefault(key => key.Name == name) is { } found
            ? new TsigKey(found.Name, found.Algorithm, found.Secret, found.TruncatedBits ?? 0)
            : registered(name);

    private ServerPeer? PeerOf(ViewConfiguration view, IPAddress address)
    {
        ImmutableArray<ServerPeer> peers = view.Servers.IsEmpty ? configuration.Servers : view.Servers;
        NetAddress subject = NetAddress.From(address);
        return peers
            .Where(peer => subject.IsIn(NetAddress.From(peer.Address), peer.PrefixLength))
            .MaxBy(peer => peer.PrefixLength);
    }
}
