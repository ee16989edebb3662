using System.Net.Sockets;
using ActorDns.Kernel;
using ActorDns.Server.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using static ActorDns.Server.Tests.Sockets.UdpFixture;

namespace ActorDns.Server.Tests.Sockets;

public sealed class UdpListenerActorTests : IAsyncDisposable
{
    private readonly FailingClock _clock = new(TimeProvider.System);
    private readonly ActorSystem _system = new("test", TimeProvider.System);
    private readonly List<Socket> _clients = [];

    private static UdpListenerOptions Options { get; } = new() { Endpoint = At("127.0.0.1"), BatchSize = 1 };

    [Theory]
    [InlineData(DatagramEngineKind.Linux)]
    [InlineData(DatagramEngineKind.Managed)]
    public void Queries_are_answered_on_the_thread_of_the_actor(DatagramEngineKind kind)
    {
        BoundDatagramSocket socket = BoundDatagramSocket.Open(Options with { Engine = kind });
        Spawn(new UdpListenerState([socket]));
        Assert.Equal("hello", Exchange(socket, "hello"));
    }

    [Fact]
    public async Task A_loop_that_fails_restarts_on_the_same_socket_and_keeps_its_totals()
    {
        BoundDatagramSocket socket = BoundDatagramSocket.Open(Options);
        UdpListenerState state = new([socket]);
        Spawn(state);
        Assert.Equal("before", Exchange(socket, "before"));
        _clock.FailNext();
        Assert.Equal("fails after this", Exchange(socket, "fails after this"));
        await TcpFixture.UntilAsync(() => _clock.HasFailed);
        Assert.Equal("after", Exchange(socket, "after"));
        Assert.Equal(3, state.Counts.PacketsIn);
    }

    [Fact]
    public async Task Other_sockets_are_served_on_command_and_those_left_out_are_closed()
    {
        BoundDatagramSocket stays = BoundDatagramSocket.Open(Options);
        BoundDatagramSocket goes = BoundDatagramSocket.Open(Options with { Endpoint = At("127.0.0.2"), ReusePort = false });
        BoundDatagramSocket comes = BoundDatagramSocket.Open(Options with { Endpoint = At("127.0.0.3") });
        UdpListenerState state = new([stays, goes]);
        ActorRef<UdpListenerCommand> actor = Spawn(state);
        Assert.Equal("hello", Exchange(goes, "hello"));
        Assert.True(await actor.AskAsync<bool>(
            done => new UdpListenerCommand.Serve([stays, comes], done),
            TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken));
        Assert.Equal(["one", "two"], new[] { Exchange(stays, "one"), Exchange(comes, "two") });
        using BoundDatagramSocket again = BoundDatagramSocket.Open(Options with { Endpoint = goes.Local, ReusePort = false });
        Assert.Equal([stays, comes], state.Sockets);
    }

    [Fact]
    public async Task A_stopped_listener_closes_its_sockets()
    {
        BoundDatagramSocket socket = BoundDatagramSocket.Open(Options with { ReusePort = false });
        ActorRef<UdpListenerCommand> actor = Spawn(new UdpListenerState([socket]));
        Assert.Equal("hello", Exchange(socket, "hello"));
        await TcpFixture.Guard(actor.StopAsync());
        using BoundDatagramSocket again = BoundDatagramSocket.Open(Options with { Endpoint = socket.Local, ReusePort = false });
        Assert.Equal(socket.Local, again.Local);
    }

    [Fact]
    public void Threads_share_every_address()
    {
        UdpListenerOptions[] addresses = [Options, Options with { Endpoint = At("127.0.0.2") }];
        IReadOnlyList<UdpListenerState> states = UdpListenerState.Open(addresses, threads: 2);
        foreach (UdpListenerState state in states)
            Spawn(state);
        Assert.Equal(2, states.Count);
        Assert.Equal(
            states[0].Sockets.Select(static socket => socket.Local), states[1].Sockets.Select(static socket => socket.Local));
        for (int i = 0; i < 32; i++)
            Assert.Equal("hello", Exchange(states[0].Sockets[i % 2], "hello"));
        Assert.Equal(32, (states[0].Counts + states[1].Counts).PacketsIn);
    }

    [Fact]
    public void A_changed_set_of_addresses_keeps_the_sockets_whose_address_stays()
    {
        using BoundDatagramSocket kept = BoundDatagramSocket.Open(Options);
        UdpListenerState state = new([kept]);
        BoundDatagramSocket[] resolved = state.Resolve([Options with { Endpoint = At("127.0.0.2") }, Options]);
        using BoundDatagramSocket added = resolved[0];
        Assert.NotSame(kept, added);
        Assert.Same(kept, resolved[1]);
    }

    [Fact]
    public void A_socket_stays_when_buffers_and_sharing_are_configured_anew_and_has_the_new_buffers()
    {
        using BoundDatagramSocket kept = BoundDatagramSocket.Open(Options with { ReceiveBufferBytes = 65_536 });
        UdpListenerState state = new([kept]);
        UdpListenerOptions changed = kept.Options with { ReceiveBufferBytes = 131_072, ReusePort = false };
        BoundDatagramSocket resolved = Assert.Single(state.Resolve([changed]));
        Assert.Same(kept, resolved);
        Assert.Equal(131_072, resolved.Options.ReceiveBufferBytes);
        Assert.True(resolved.Options.ReusePort);
        Assert.InRange(resolved.Socket.ReceiveBufferSize, 131_072, int.MaxValue);
    }

    [Fact]
    public void An_address_that_cannot_be_bound_leaves_none_open()
    {
        using BoundDatagramSocket taken = BoundDatagramSocket.Open(Options with { ReusePort = false });
        UdpListenerOptions free = Options with { Endpoint = At("127.0.0.9", taken.Local.Port), ReusePort = false };
        UdpListenerOptions refused = free with { Endpoint = taken.Local };
        Assert.Throws<SocketException>(() => UdpListenerState.Open([free, refused], threads: 2));
        using BoundDatagramSocket again = BoundDatagramSocket.Open(free);
        Assert.Equal(free.Endpoint, again.Local);
    }

    public async ValueTask DisposeAsync()
    {
        await TcpFixture.Guard(_system.DisposeAsync().AsTask());
        foreach (Socket client in _clients)
            client.Dispose();
    }

    private ActorRef<UdpListenerCommand> Spawn(UdpListenerState state) => _system.Spawn(
        null, UdpListenerActor.CreateProps(state, static () => new EchoDatagramHandler(), _clock, NullLogger.Instance));

    private string Exchange(BoundDatagramSocket socket, string text)
    {
        Socket client = new(SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 30_000 };
        _clients.Add(client);
        client.Connect(Framework(socket.Local));
        client.Send(Bytes(text));
        return Receive(client);
    }
}
