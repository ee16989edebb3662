using System.Net;
using ActorDns.Kernel;
using ActorDns.Zones.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Sockets;

/// <summary>
/// Owns one bound TCP socket: takes connections up to the limits, watches their time-outs and ends them. A restart
/// keeps socket and connections; a stop closes both.
/// </summary>
public sealed class TcpListenerActor : Actor<TcpListenerCommand>
{
    private static readonly TcpListenerCommand Accepted = new TcpListenerCommand.Accepted();
    private static readonly TcpListenerCommand Sweep = new TcpListenerCommand.Sweep();
    private static readonly TcpListenerCommand DrainExpired = new TcpListenerCommand.DrainExpired();

    private readonly BoundStreamSocket _socket;
    private readonly StreamConnectionTable _table;
    private readonly IStreamHandler _handler;
    private readonly ILogger _log;
    private int _ended;

    private TcpListenerActor(BoundStreamSocket socket, StreamConnectionTable table, IStreamHandler handler, ILogger log)
    {
        _socket = socket;
        _table = table;
        _handler = handler;
        _log = log;
    }

    /// <summary>The recipe of a listener on a bound socket, which it closes when it stops for good.</summary>
    /// <param name="socket">The socket; outlives restarts.</param>
    /// <param name="table">Limits and list of connections, usually one for all listeners.</param>
    /// <param name="handler">Answers the messages.</param>
    /// <param name="log">For failures of connections and handlers.</param>
    public static Props<TcpListenerCommand> CreateProps(
        BoundStreamSocket socket, StreamConnectionTable table, IStreamHandler handler, ILogger log) =>
        new(() => new TcpListenerActor(socket, table, handler, log))
        {
            Supervision = new SupervisorStrategy { MaxRestarts = int.MaxValue },
            MetricsGroup = "tcp",
        };

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<TcpListenerCommand> ctx)
    {
        ctx.Timers.StartPeriodic(nameof(Sweep), _socket.Options.SweepInterval, Sweep);
        AwaitConnection(ctx);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask PreRestartAsync(
        Exception reason, ReadOnlyMemory<TcpListenerCommand> inHand, ActorContext<TcpListenerCommand> ctx)
    {
        SocketsLog.TcpListenerRestarts(_log, _socket.Local, reason);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask PostStopAsync(ActorContext<TcpListenerCommand> ctx)
    {
        await _socket.DisposeAsync();
        foreach (StreamConnection connection in _table.OwnedBy(_socket))
            connection.Abort();
    }

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(TcpListenerCommand message, ActorContext<TcpListenerCommand> ctx)
    {
        switch (message)
        {
            case TcpListenerCommand.Accepted:
                TakeConnection(ctx);
                break;
            case TcpListenerCommand.Sweep:
                CheckTimeouts(ctx.Clock.GetTimestamp());
                break;
            case TcpListenerCommand.Drain drain:
                await _socket.UnbindAsync(ctx.Stopping);
                BeginDrain(drain, ctx);
                break;
            case TcpListenerCommand.DrainExpired:
                EndConnections();
                break;
            case TcpListenerCommand.Drained drained:
                ctx.Timers.Cancel(nameof(DrainExpired));
                drained.Done.Reply(_ended);
                break;
        }
    }

    private void AwaitConnection(ActorContext<TcpListenerCommand> ctx) =>
        ctx.PipeToSelf(ReadyAsync(_socket.WhenAcceptedAsync()), static _ => Accepted, static _ => Accepted);

    private static async Task<bool> ReadyAsync(Task accepted)
    {
        await accepted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // TryTake throws what it was.
        return true;
    }

    /// <summary>A notice may come twice, from before a restart and after; the second finds nothing to take.</summary>
    private void TakeConnection(ActorContext<TcpListenerCommand> ctx)
    {
        if (!_socket.TryTake(out ConnectionContext? context) || context is null)
            return;
        AwaitConnection(ctx);
        if (context.RemoteEndPoint is IPEndPoint peer && !_socket.IsUnbound)
            Begin(context, EndpointOf(peer), ctx);
        else
            _ = RefuseAsync(context);
    }

    private void Begin(ConnectionContext context, NetEndpoint source, ActorContext<TcpListenerCommand> ctx)
    {
        if (!_table.TryAdmit(source.Address))
        {
            _ = RefuseAsync(context);
            return;
        }

        NetEndpoint local = context.LocalEndPoint is IPEndPoint own ? EndpointOf(own) : _socket.Local;
        StreamConnection connection = new(
            new StreamConnectionIdentity(_table.NextId(), source, local, _socket),
            context.Transport,
            context.Abort,
            _handler,
            _socket.Options,
            _table.Counters,
            ctx.Clock,
            _log);
        _table.Add(connection);
        _ = ServeAsync(context, connection);
    }

    private async Task ServeAsync(ConnectionContext context, StreamConnection connection)
    {
        try
        {
            await connection.RunAsync();
        }
        catch (Exception failure)
        {
            SocketsLog.ConnectionFailed(_log, connection.Source, failure);
            context.Abort();
        }
        finally
        {
            await CloseAsync(context, connection.Source);
            _table.Remove(connection);
            connection.Complete();
        }
    }

    private async Task CloseAsync(ConnectionContext context, NetEndpoint peer)
    {
        try
        {
            await context.DisposeAsync();
        }
        catch (Exception failure)
        {
            SocketsLog.ConnectionFailed(_log, peer, failure);
        }
    }

    private static async Task RefuseAsync(ConnectionContext context)
    {
        context.Abort();
        await context.DisposeAsync();
    }

    private void CheckTimeouts(long now)
    {
        foreach (StreamConnection connection in _table.OwnedBy(_socket))
            connection.CheckTimeouts(now);
    }

    private void BeginDrain(TcpListenerCommand.Drain drain, ActorContext<TcpListenerCommand> ctx)
    {
        StreamConnection[] connections = [.. _table.OwnedBy(_socket)];
        foreach (StreamConnection connection in connections)
            connection.Drain();
        ctx.Timers.StartSingle(nameof(DrainExpired), drain.Deadline, DrainExpired);
        TcpListenerCommand done = new TcpListenerCommand.Drained(drain.Done);
        ctx.PipeToSelf(WhenEndedAsync(connections), _ => done, _ => done);
    }

    private static async Task<bool> WhenEndedAsync(StreamConnection[] connections)
    {
        await Task.WhenAll(connections.Select(static connection => connection.Completion));
        return true;
    }

    private void EndConnections()
    {
        foreach (StreamConnection connection in _table.OwnedBy(_socket))
        {
            connection.Abort();
            _ended++;
        }
    }

    private static NetEndpoint EndpointOf(IPEndPoint endpoint) =>
        new(NetAddress.From(endpoint.Address), (ushort)endpoint.Port);
}
