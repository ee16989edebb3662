using System.Net;
using System.Net.Sockets;
using ActorDns.Host.Control;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Host.Tests.Control;

public sealed class ControlListenerTests : IAsyncDisposable
{
    private static readonly TsigKey Key = ControlVectors.Key("hmac-sha256");
    private readonly ManualClock _clock = new();
    private readonly ActorSystem _system;
    private readonly ServerNode _node;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<TcpClient> _clients = [];
    private ActorRef<ControlListenerMessage>? _listener;

    public ControlListenerTests()
    {
        _system = new ActorSystem("control", _clock);
        _node = new ServerNode(
            new ServerNodeOptions { ConfigurationFile = "/nowhere" }, NullLoggerFactory.Instance, TimeProvider.System);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen(200);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _system.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Fact]
    public async Task Commands_of_many_connections_at_once_are_all_answered()
    {
        Listen(MatchList.Any);
        string[] texts = await Task.WhenAll(Enumerable.Range(1, 50).Select(async length =>
        {
            ControlClient client = new((await ConnectAsync()).GetStream(), Key, _clock);
            (ControlReply? reply, string problem) = await client.SendAsync($"testgen {length}", Cancelled);
            Assert.Equal("", problem);
            return reply!.Text;
        }));
        Assert.Equal(Enumerable.Range(1, 50), texts.Select(text => text.Length));
    }

    [Fact]
    public async Task Client_that_stops_in_the_middle_is_closed_after_a_minute_and_others_are_served_meanwhile()
    {
        Listen(MatchList.Any);
        TcpClient slow = await ConnectAsync();
        Task armed = _clock.WhenTimersAsync(1);
        await slow.GetStream().WriteAsync(new byte[] { 0, 0, 0, 200, 0 }, Cancelled);
        await armed;
        ControlClient other = new((await ConnectAsync()).GetStream(), Key, _clock);
        Assert.Equal("ab", (await other.SendAsync("testgen 2", Cancelled)).Reply!.Text);
        _clock.Advance(ControlConnection.IdleTimeout + TimeSpan.FromSeconds(1));
        Assert.Equal(0, await slow.GetStream().ReadAsync(new byte[1], Cancelled));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(32_769u)]
    [InlineData(uint.MaxValue)]
    public async Task Length_of_zero_or_beyond_the_limit_ends_the_connection(uint length)
    {
        Listen(MatchList.Any);
        NetworkStream stream = (await ConnectAsync()).GetStream();
        byte[] head = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(head, length);
        await stream.WriteAsync(head, Cancelled);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], Cancelled));
    }

    [Fact]
    public async Task Address_that_is_not_allowed_is_closed_at_once()
    {
        Listen(MatchList.None);
        Assert.True(await IsClosedAsync(await ConnectAsync()));
    }

    [Fact]
    public async Task Connection_beyond_the_limit_is_closed_and_a_place_that_comes_free_is_given_again()
    {
        Listen(MatchList.Any);
        Task armed = _clock.WhenTimersAsync(ControlListenerActor.MaxConnections);
        for (int i = 0; i < ControlListenerActor.MaxConnections; i++)
            await ConnectAsync();
        await armed;
        Assert.True(await IsClosedAsync(await ConnectAsync()));
        _clock.Advance(ControlConnection.IdleTimeout + TimeSpan.FromSeconds(1));
        foreach (TcpClient idle in _clients.Take(ControlListenerActor.MaxConnections))
            Assert.True(await IsClosedAsync(idle));
        await _listener!.FlushAsync();
        ControlClient client = new((await ConnectAsync()).GetStream(), Key, _clock);
        Assert.Equal("ab", (await client.SendAsync("testgen 2", Cancelled)).Reply!.Text);
    }

    [Fact]
    public async Task Read_only_channel_runs_what_changes_nothing_and_refuses_the_rest()
    {
        Listen(MatchList.Any, isReadOnly: true);
        foreach ((string command, bool isAllowed) in new[] { ("testgen 2", true), ("null", true), ("trace 3", false), ("stop", false) })
        {
            ControlClient client = new((await ConnectAsync()).GetStream(), Key, _clock);
            (ControlReply? reply, _) = await client.SendAsync(command, Cancelled);
            Assert.Equal(isAllowed ? "success" : "failure", reply!.Result.Text);
        }
    }

    private void Listen(MatchList allow, bool isReadOnly = false)
    {
        ControlChannelSettings settings = new(
            new NetEndpoint(NetAddress.From(IPAddress.Loopback), 953), allow, [Key], isReadOnly);
        ControlCommands commands = new(_node, null, NullLogger.Instance);
        _listener = _system.Spawn(
            "listener", () => new ControlListenerActor(_socket, settings, new ReplayCache(), commands, new RefusalSink(), NullLogger.Instance));
    }

    private async Task<TcpClient> ConnectAsync()
    {
        TcpClient client = new();
        _clients.Add(client);
        await client.ConnectAsync((IPEndPoint)_socket.LocalEndPoint!, Cancelled);
        return client;
    }

    /// <summary>Waits for the end of the connection, which may come as a reset.</summary>
    private static async Task<bool> IsClosedAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], Cancelled) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
