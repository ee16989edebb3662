using System.Net.Sockets;
using ActorDns.Host.Wiring;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Control;

/// <summary>One connection of a control channel: reads requests and writes replies in turn until the peer is done or does wrong.</summary>
/// <param name="stream">The connection; closed at the end.</param>
/// <param name="peer">Who it is.</param>
/// <param name="settings">Keys and rights of the channel.</param>
/// <param name="session">The protocol.</param>
/// <param name="commands">Runs what is asked.</param>
/// <param name="refusals">Keeps what was refused.</param>
/// <param name="clock">Time stamps and time-outs.</param>
/// <param name="log">Category <c>general</c>.</param>
internal sealed class ControlConnection(
    Stream stream,
    NetEndpoint peer,
    ControlChannelSettings settings,
    ControlSession session,
    ControlCommands commands,
    RefusalSink refusals,
    TimeProvider clock,
    ILogger log)
{
    /// <summary>How long a whole request may take to arrive, and a reply to be taken.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Serves the connection to its end; never throws.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        string reason = "closed";
        try
        {
            while (await ServeOneAsync(stopping))
            {
            }
        }
        catch (OperationCanceledException)
        {
            reason = "timed out";
        }
        catch (Exception failure) when (failure is IOException or SocketException or ObjectDisposedException)
        {
            reason = failure.Message;
        }
        finally
        {
            await stream.DisposeAsync();
        }

        Log.ConnectionEnded(log, peer.ToString(), reason);
    }

    private async Task<bool> ServeOneAsync(CancellationToken stopping)
    {
        byte[]? payload;
        using (CancellationTokenSource late = Deadline(stopping, out CancellationTokenSource timer))
        {
            using (timer)
                payload = await ControlStream.ReadAsync(stream, ControlMessage.MaxRequestBytes, late.Token);
        }

        if (payload is null)
            return false;
        ControlFault fault = session.Accept(payload, Now, out ControlRequest? request, out string? command);
        if (fault != ControlFault.None)
        {
            Log.Invalid(log, peer.ToString(), ControlFaultText.Of(fault), session.Rule);
            refusals.AddControl(new ControlRefusal(peer, session.Signer?.Name.ToLogString(), ControlFaultText.Of(fault), session.Rule));
            return false;
        }

        ControlCaller caller = new(peer.ToString(), request!.Key.Name.ToLogString()) { Key = request.Key };
        ControlReply reply = command is null ? ControlReply.Done : await RunAsync(command, caller);
        using (CancellationTokenSource late = Deadline(CancellationToken.None, out CancellationTokenSource timer))
        {
            using (timer)
                await stream.WriteAsync(session.Reply(request, reply, Now), late.Token);
        }

        reply.Afterwards?.Invoke();
        return true;
    }

    private Task<ControlReply> RunAsync(string command, ControlCaller caller)
    {
        if (!settings.IsReadOnly || commands.IsHarmless(command))
            return commands.RunAsync(command, caller);
        string rule = $"controls {settings.Endpoint}: read-only yes";
        string line = ControlCommands.Printable(command);
        Log.Restricted(log, line, rule);
        refusals.AddControl(new ControlRefusal(peer, caller.KeyName, ControlResult.Failure.Text, rule, line));
        return Task.FromResult(new ControlReply(ControlResult.Failure));
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private CancellationTokenSource Deadline(CancellationToken stopping, out CancellationTokenSource timer)
    {
        timer = new CancellationTokenSource(IdleTimeout, clock);
        return CancellationTokenSource.CreateLinkedTokenSource(stopping, timer.Token);
    }
}
