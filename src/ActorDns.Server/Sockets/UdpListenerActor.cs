using ActorDns.Kernel;
using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Sockets;

/// <summary>
/// Serves UDP sockets on a thread of its own: between two batches it takes its messages. A restart keeps sockets,
/// totals and what has queued; a stop closes the sockets.
/// </summary>
public sealed class UdpListenerActor : DedicatedThreadActor<UdpListenerCommand>
{
    private readonly UdpListenerState _state;
    private readonly IDatagramHandler _handler;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private ListenerLoop _loop;

    private UdpListenerActor(UdpListenerState state, IDatagramHandler handler, TimeProvider clock, ILogger log)
    {
        _state = state;
        _handler = handler;
        _clock = clock;
        _log = log;
        _loop = NewLoop();
    }

    /// <summary>The recipe of a listener.</summary>
    /// <param name="state">Sockets and totals; outlives restarts.</param>
    /// <param name="handler">Makes the handler of one instance; it is used on that instance's thread only.</param>
    /// <param name="clock">Times the spinning after a full batch.</param>
    /// <param name="log">For restarts and failures of the handler.</param>
    public static Props<UdpListenerCommand> CreateProps(
        UdpListenerState state, Func<IDatagramHandler> handler, TimeProvider clock, ILogger log) =>
        new(() => new UdpListenerActor(state, handler(), clock, log))
        {
            Supervision = new SupervisorStrategy { MaxRestarts = int.MaxValue },
            MetricsGroup = "udp",
        };

    /// <inheritdoc/>
    protected override void Run(DedicatedContext<UdpListenerCommand> ctx)
    {
        while (!ctx.StopRequested)
        {
            while (ctx.TryTake(out UdpListenerCommand? command))
            {
                if (command is UdpListenerCommand.Serve serve)
                    Serve(serve);
            }

            _loop.RunOnce();
        }
    }

    /// <inheritdoc/>
    protected override void Wake() => Volatile.Read(ref _loop).Wake();

    /// <inheritdoc/>
    protected override ValueTask PreRestartAsync(
        Exception reason, ReadOnlyMemory<UdpListenerCommand> inHand, ActorContext<UdpListenerCommand> ctx)
    {
        SocketsLog.UdpListenerRestarts(_log, _state.Sockets[0].Local, reason);
        _loop.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask PostStopAsync(ActorContext<UdpListenerCommand> ctx)
    {
        _loop.Dispose();
        _state.Replace([]);
        return ValueTask.CompletedTask;
    }

    private void Serve(UdpListenerCommand.Serve serve)
    {
        if (serve.Sockets.Count == 0)
        {
            serve.Done.Reply(false);
            return;
        }

        _state.Replace(serve.Sockets);
        ListenerLoop before = _loop;
        Volatile.Write(ref _loop, NewLoop());
        before.Dispose();
        serve.Done.Reply(true);
    }

    private ListenerLoop NewLoop() => new(_state.Sockets, _handler, _clock, _log, _state.Counters);
}
