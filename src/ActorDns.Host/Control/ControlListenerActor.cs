using System.Net;
using System.Net.Sockets;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Control;

/// <summary>
/// Owns the bound socket of one control channel: takes connections of allowed addresses up to a limit, each served by a
/// task of its own. The socket outlives a restart and is closed by the stop.
/// </summary>
/// <param name="socket">Bound and listening.</param>
/// <param name="initial">The channel as configured first.</param>
/// <param name="replays">Shared by all channels.</param>
/// <param name="commands">Runs what is asked.</param>
/// <param name="refusals">Keeps what was refused.</param>
/// <param name="log">Category <c>general</c>.</param>
internal sealed class ControlListenerActor(
    Socket socket,
    ControlChannelSettings initial,
    ReplayCache replays,
    ControlCommands commands,
    RefusalSink refusals,
    ILogger log)
    : Actor<ControlListenerMessage>
{
    /// <summary>Connections of one channel at once; more are closed as they come.</summary>
    public const int MaxConnections = 64;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private ControlChannelSettings _settings = initial;
    private int _connections;

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<ControlListenerMessage> ctx)
    {
        Accept(ctx);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask PostStopAsync(ActorContext<ControlListenerMessage> ctx)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ControlListenerMessage message, ActorContext<ControlListenerMessage> ctx)
    {
        switch (message)
        {
            case ControlListenerMessage.Accepted accepted:
                Accept(ctx);
                Begin(accepted.Connection, ctx);
                break;
            case ControlListenerMessage.AcceptFailed when !ctx.Stopping.IsCancellationRequested:
                ctx.Timers.StartSingle(nameof(ControlListenerMessage.Retry), RetryDelay, new ControlListenerMessage.Retry());
                break;
            case ControlListenerMessage.Retry:
                Accept(ctx);
                break;
            case ControlListenerMessage.Ended:
                _connections = Math.Max(0, _connections - 1); // After a restart, those of before end too.
                break;
            case ControlListenerMessage.Configure configure:
                _settings = configure.Settings;
                configure.Done.Reply(true);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void Accept(ActorContext<ControlListenerMessage> ctx) => ctx.PipeToSelf(
        socket.AcceptAsync(ctx.Stopping).AsTask(),
        static connection => new ControlListenerMessage.Accepted(connection),
        static failure => new ControlListenerMessage.AcceptFailed(failure));

    private void Begin(Socket connection, ActorContext<ControlListenerMessage> ctx)
    {
        if (connection.RemoteEndPoint is not IPEndPoint remote)
        {
            connection.Dispose();
            return;
        }

        NetEndpoint peer = new(NetAddress.From(remote.Address), (ushort)remote.Port);
        MatchResult allowed = _settings.Allow.Match(new AccessSubject(peer.Address) { Transport = AccessTransports.Tcp });
        if (!allowed.IsAllowed)
        {
            string decided = allowed.Decision == MatchDecision.NoMatch ? "no rule matched" : allowed.RuleText;
            string rule = $"controls {_settings.Endpoint} allow: {decided}";
            Log.Rejected(log, peer.ToString(), rule);
            refusals.AddControl(new ControlRefusal(peer, null, "closed", rule));
            connection.Dispose();
            return;
        }

        if (_connections >= MaxConnections)
        {
            Log.TooMany(log, _settings.Endpoint.ToString(), peer.ToString());
            connection.Dispose();
            return;
        }

        _connections++;
        connection.NoDelay = true;
        ControlConnection served = new(
            new NetworkStream(connection, ownsSocket: true),
            peer,
            _settings,
            new ControlSession(_settings.Keys, replays),
            commands,
            refusals,
            ctx.Clock,
            log);
        ctx.PipeToSelf(
            ServeAsync(served, ctx.Stopping),
            static _ => ControlListenerMessage.Ended.Instance,
            static _ => ControlListenerMessage.Ended.Instance);
    }

    private static async Task<bool> ServeAsync(ControlConnection connection, CancellationToken stopping)
    {
        await connection.RunAsync(stopping);
        return true;
    }
}
