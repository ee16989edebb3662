using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Server.Ports;
using ActorDns.Server.Sockets;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Transfers;

/// <summary>
/// Streams one transfer over one captured snapshot or the changes that led to it. Between two messages it looks into its mailbox, so that
/// it can be cancelled; a slow client makes it wait, up to a limit. It fails alone.
/// </summary>
internal sealed class TransferSession(
    TransferRequest request,
    TaskCompletionSource ended,
    TransferSettings settings,
    IChangeHistory? history,
    TimeProvider clock,
    TransferLog log)
    : Actor<SessionCommand>
{
    private readonly long _started = clock.GetTimestamp();
    private TransferStream? _stream;

    private IStreamConnection Connection => request.Connection!;

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<SessionCommand> ctx)
    {
        _stream = new TransferStream(request, settings.MessageBytes);
        log.Started(request);
        ctx.Timers.StartSingle(nameof(SessionCommand.TimeOver), request.Zone.MaxTransferTime, new SessionCommand.TimeOver());
        ctx.Self.Tell(SessionCommand.SendNext.Instance);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(SessionCommand message, ActorContext<SessionCommand> ctx)
    {
        switch (message)
        {
            case SessionCommand.SendNext:
                await SendNextAsync(ctx).ConfigureAwait(false);
                break;
            case SessionCommand.Cancel:
                Abandon("cancelled", ctx);
                break;
            case SessionCommand.TimeOver:
                Abandon("maximum transfer time exceeded", ctx);
                break;
        }
    }

    /// <inheritdoc/>
    protected override ValueTask PostStopAsync(ActorContext<SessionCommand> ctx)
    {
        request.Dispose();
        if (_stream is not { IsDone: true })
            Connection.Abort(); // What has been sent must not look whole.
        ended.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private async ValueTask SendNextAsync(ActorContext<SessionCommand> ctx)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (!_stream!.TryMakeNext(now, out ReadOnlyMemory<byte> framed))
        {
            Abandon("a record does not fit into one message", ctx);
            return;
        }

        using CancellationTokenSource idle = new(request.Zone.MaxTransferIdle, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, ctx.Stopping);
        await Connection.SendFramedAsync(framed, either.Token).ConfigureAwait(false);
        if (!Connection.IsOpen)
        {
            Abandon("connection closed by the client", ctx);
            return;
        }

        if (!_stream.IsDone)
        {
            ctx.Self.Tell(SessionCommand.SendNext.Instance);
            return;
        }

        log.Ended(request, _stream, clock.GetElapsedTime(_started));
        ZoneSnapshot given = request.Lease.Snapshot;
        TimeSpan expire = TimeSpan.FromSeconds(new SoaData(given.Soa.First).ExpireSeconds);
        history?.Given(request.Zone, request.Client, given.Serial, expire);
        ctx.Stop();
    }

    private void Abandon(string reason, ActorContext<SessionCommand> ctx)
    {
        log.Aborted(request, reason);
        ctx.Stop();
    }
}
