using ActorDns.Kernel;
using ActorDns.Server.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Server.Tests.Sockets;

/// <summary>A TCP listener actor on loopback and a manual clock, with clients.</summary>
internal sealed class TcpFixture : IAsyncDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(30);

    private readonly List<TcpTestClient> _clients = [];
    private readonly ActorSystem _system;

    private TcpFixture(StreamConnectionTable table, BoundStreamSocket socket, IStreamHandler handler)
    {
        Failing = new FailingClock(Clock);
        _system = new ActorSystem("test", Failing);
        Table = table;
        Socket = socket;
        Actor = _system.Spawn("tcp", TcpListenerActor.CreateProps(socket, table, handler, NullLogger.Instance));
    }

    internal ManualClock Clock { get; } = new();

    /// <summary>The clock that the listener reads: the manual one, which can be made to fail.</summary>
    internal FailingClock Failing { get; }

    internal StreamConnectionTable Table { get; }

    internal BoundStreamSocket Socket { get; }

    internal ActorRef<TcpListenerCommand> Actor { get; }

    internal static TcpListenerOptions Options { get; } = new() { Endpoint = UdpFixture.At("127.0.0.1") };

    internal static async Task<TcpFixture> StartAsync(
        Func<StreamRequest, CancellationToken, ValueTask> handle,
        TcpListenerOptions? options = null,
        StreamLimits? limits = null)
    {
        BoundStreamSocket socket = await BoundStreamSocket.OpenAsync(
            options ?? Options, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        return new TcpFixture(
            new StreamConnectionTable(limits ?? new StreamLimits()),
            socket,
            new DelegateHandler(handle));
    }

    /// <summary>A listener that sends every message back.</summary>
    internal static Task<TcpFixture> StartEchoAsync(TcpListenerOptions? options = null, StreamLimits? limits = null) =>
        StartAsync(static (request, ct) => request.SendAsync(request.Message, ct), options, limits);

    internal TcpTestClient Connect(string from = "127.0.0.1")
    {
        TcpTestClient client = new(UdpFixture.Framework(Socket.Local), from);
        _clients.Add(client);
        return client;
    }

    /// <summary>Connects and waits until the listener has taken the connection.</summary>
    internal async Task<TcpTestClient> ConnectAsync(string from = "127.0.0.1")
    {
        long taken = Table.Counts.Accepted;
        TcpTestClient client = Connect(from);
        await UntilAsync(() => Table.Counts.Accepted > taken);
        return client;
    }

    /// <summary>Waits until every request of every connection is finished.</summary>
    internal Task IdleAsync() => UntilAsync(() => Table.List().All(static connection => connection.InFlight == 0));

    /// <summary>Moves the clock until something is over.</summary>
    internal Task AdvanceUntilAsync(TimeSpan step, Task over) =>
        UntilAsync(() =>
        {
            Clock.Advance(step);
            return over.IsCompleted;
        });

    internal static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource guard =
            CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(HangGuard);
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    internal static Task<T> Guard<T>(Task<T> task) => task.WaitAsync(HangGuard, TestContext.Current.CancellationToken);

    internal static Task Guard(Task task) => task.WaitAsync(HangGuard, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (TcpTestClient client in _clients)
            client.Dispose();
        await Guard(Actor.StopAsync());
        await Guard(_system.DisposeAsync().AsTask());
    }

    private sealed class DelegateHandler(Func<StreamRequest, CancellationToken, ValueTask> handle) : IStreamHandler
    {
        public ValueTask HandleAsync(StreamRequest request, CancellationToken ct) => handle(request, ct);
    }
}
