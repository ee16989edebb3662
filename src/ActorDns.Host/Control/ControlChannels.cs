using System.Net;
using System.Net.Sockets;
using ActorDns.Configuration.Model;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Control;

/// <summary>
/// All control channels of the node, as <c>controls</c> has them. A channel that cannot be opened is a warning: the server serves without
/// it. A reload keeps the sockets whose address stays.
/// </summary>
internal sealed class ControlChannels(
    ActorSystem system, ServerNodeOptions node, LocalAddressBook local, ControlCommands commands, RefusalSink refusals, ILogger log)
{
    private const int BacklogConnections = 16;
    private static readonly TimeSpan ConfigureDeadline = TimeSpan.FromSeconds(10);
    private readonly ReplayCache _replays = new();
    private readonly Dictionary<NetEndpoint, ActorRef<ControlListenerMessage>> _listening = [];
    private readonly List<(Socket Socket, ControlChannelSettings Settings)> _opened = [];

    /// <summary>Opens what is new, changes what stays, closes what is gone. What was opened answers after <see cref="Start"/>.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="own">Where the node's own settings put the channel instead of where the configuration does; null leaves that.</param>
    public async Task ConfigureAsync(NamedConfiguration configuration, NetEndpoint? own)
    {
        List<ControlChannelSettings> wanted = [.. Wanted(configuration, own).DistinctBy(channel => channel.Endpoint)];
        foreach (NetEndpoint gone in _listening.Keys.Except(wanted.Select(channel => channel.Endpoint)).ToArray())
            await CloseAsync(gone);
        foreach (ControlChannelSettings channel in wanted)
        {
            if (_listening.TryGetValue(channel.Endpoint, out ActorRef<ControlListenerMessage>? actor))
                await actor.TryAskAsync<bool>(done => new ControlListenerMessage.Configure(channel, done), ConfigureDeadline);
            else
                Open(channel);
        }
    }

    /// <summary>Begins to answer on what was opened.</summary>
    public void Start()
    {
        foreach ((Socket socket, ControlChannelSettings settings) in _opened)
        {
            _listening[settings.Endpoint] = system.Spawn(
                null, () => new ControlListenerActor(socket, settings, _replays, commands, refusals, log));
        }

        _opened.Clear();
    }

    /// <summary>Closes all channels.</summary>
    public async Task StopAsync()
    {
        foreach (NetEndpoint endpoint in _listening.Keys.ToArray())
            await CloseAsync(endpoint);
        foreach ((Socket socket, _) in _opened)
            socket.Dispose();
        _opened.Clear();
    }

    private async Task CloseAsync(NetEndpoint endpoint)
    {
        Log.Stopping(log, endpoint.ToString());
        _listening.Remove(endpoint, out ActorRef<ControlListenerMessage>? actor);
        await actor!.StopAsync();
    }

    private void Open(ControlChannelSettings channel)
    {
        IPEndPoint endpoint = new(channel.Endpoint.Address.ToIPAddress(), channel.Endpoint.Port);
        Socket socket = new(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Bind(endpoint);
            socket.Listen(BacklogConnections);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            Log.CannotListen(log, channel.Endpoint.ToString(), Describe(failure));
            return;
        }

        _opened.Add((socket, channel));
        Log.Listening(log, channel.Endpoint.ToString());
    }

    private IEnumerable<ControlChannelSettings> Wanted(NamedConfiguration configuration, NetEndpoint? own)
    {
        MatchListMapper lists = new(configuration, local);
        IEnumerable<(IPAddress Address, int Port, MatchList Allow, IReadOnlyList<string> Keys, bool IsReadOnly)> channels =
            configuration.Controls is { } written
                ? written.Select(channel => (
                    channel.Address, channel.Port, lists.Map(channel.Allow), (IReadOnlyList<string>)channel.Keys, channel.IsReadOnly))
                : node.HasDefaultControlChannel || node.ControlPortOverride is not null || own is not null
                    ? new[] { IPAddress.Loopback, IPAddress.IPv6Loopback }.Select(address => (
                        address, ControlChannel.DefaultPort, lists.Map(AddressMatchList.LocalHost), (IReadOnlyList<string>)[], false))
                    : [];
        foreach ((IPAddress address, int port, MatchList allow, IReadOnlyList<string> names, bool isReadOnly) in channels)
        {
            bool isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
            if (own is null && ((isV6 && (node.IPv4Only || !Socket.OSSupportsIPv6)) || (!isV6 && node.IPv6Only)))
                continue;
            NetEndpoint endpoint = own ?? new(NetAddress.From(address), (ushort)(node.ControlPortOverride ?? port));
            if (TryFindKeys(configuration, endpoint, names, out IReadOnlyList<TsigKey> keys))
                yield return new ControlChannelSettings(endpoint, allow, keys, isReadOnly);
        }
    }

    private bool TryFindKeys(
        NamedConfiguration configuration, NetEndpoint endpoint, IReadOnlyList<string> names, out IReadOnlyList<TsigKey> keys)
    {
        if (names.Count > 0)
        {
            keys = [.. names
                .Select(name => configuration.Keys.FirstOrDefault(
                    key => DomainName.TryParse(name, DomainName.Root, out DomainName parsed) && key.Name == parsed))
                .OfType<KeyDefinition>()
                .Select(ControlKeyFile.ToKey)];
            return keys.Count > 0;
        }

        string file = node.ControlKeyFile;
        string reason = "";
        if (!File.Exists(file) && node.HasDefaultControlChannel && ControlKeyFile.TryCreate(file, out reason))
            Log.WroteKey(log, file);
        if (ControlKeyFile.TryRead(file, out keys, out string problem))
            return true;
        Log.CannotListen(log, endpoint.ToString(), reason.Length > 0 ? reason : $"{file}: {problem}");
        return false;
    }

    private static string Describe(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "address in use",
        SocketError.AccessDenied => "permission denied",
        SocketError.AddressNotAvailable => "address not available",
        _ => failure.Message,
    };
}
