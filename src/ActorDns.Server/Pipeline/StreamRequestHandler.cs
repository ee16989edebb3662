using System.Buffers;
using System.Collections.Concurrent;
using ActorDns.Kernel;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Sockets;
using ActorDns.Server.Transfers;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Answers the messages of stream connections. A query is answered on the caller's thread with a worker from a pool; a
/// transfer is handed to the manager of sessions and stays in flight until its session has ended; an update until its zone's writer
/// has decided.
/// </summary>
/// <param name="published">What is served.</param>
/// <param name="epochs">Where workers tell which versions they may be reading.</param>
/// <param name="clock">Wall clock.</param>
/// <param name="events">Where logs go.</param>
/// <param name="newCounters">Makes the counters of one worker more.</param>
/// <param name="leases">Where transfers lease their snapshots.</param>
/// <param name="transfers">The manager of transfer sessions.</param>
/// <param name="ixfr">Finds the differences that an IXFR client gets.</param>
/// <param name="updates">Where updates go; null where nothing can be changed.</param>
public sealed class StreamRequestHandler(
    PublishedState published,
    ReaderEpochs epochs,
    TimeProvider clock,
    RequestEvents events,
    Func<RequestCounters> newCounters,
    SnapshotLeases leases,
    ActorRef<TransferCommand> transfers,
    IxfrPlanner ixfr,
    UpdateHandOff? updates) : IStreamHandler, IDisposable
{
    private static readonly TimeSpan AdmissionDeadline = TimeSpan.FromSeconds(10);
    private readonly ConcurrentBag<Worker> _idle = [];

    /// <inheritdoc/>
    public async ValueTask HandleAsync(StreamRequest request, CancellationToken ct)
    {
        PendingUpdate? update;
        byte[] response = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            Answer(request, response, Rcode.NoError, out int length, out HandedOff handed);
            update = handed.Update;
            if (handed.Transfer is { } transfer)
            {
                if (await TransferAsync(transfer, request, ct).ConfigureAwait(false))
                    return;
                Answer(request, response, Rcode.Refused, out length, out _);
            }

            if (length > 0)
                await request.SendAsync(response.AsMemory(0, length), ct).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(response);
        }

        if (update is not null)
            await AnswerUpdateAsync(update, request, ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out Worker? worker))
            worker.Dispose();
    }

    /// <summary>An update that waits holds no buffer; its reply is written when the outcome is known.</summary>
    private async ValueTask AnswerUpdateAsync(PendingUpdate update, StreamRequest request, CancellationToken ct)
    {
        Rcode outcome = await updates!.DecideAsync(update, ct).ConfigureAwait(false);
        byte[] response = ArrayPool<byte>.Shared.Rent(update.MaxReplyBytes);
        try
        {
            int length = updates.WriteReply(update, outcome, response);
            if (length > 0)
                await request.SendAsync(response.AsMemory(0, length), ct).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(response);
        }
    }

    /// <summary>Runs the pipeline; with an outcome other than NOERROR a transfer is answered with it instead of being handed off.</summary>
    private void Answer(
        StreamRequest request, byte[] response, Rcode transferOutcome, out int length, out HandedOff handed)
    {
        if (!_idle.TryTake(out Worker? worker))
            worker = new Worker(new RequestScratch(events, newCounters(), leases, updates?.Writers), epochs.Register());
        worker.Slot.Enter();
        try
        {
            worker.Scratch.Reset();
            worker.Scratch.TransferOutcome = transferOutcome;
            Request work = new()
            {
                Message = request.Message.Span,
                Response = response.AsSpan(0, ushort.MaxValue),
                Scratch = worker.Scratch,
                State = published.Current,
                Source = request.Source,
                Local = request.Local,
                Transport = AccessTransports.Tcp,
                NowUnixSeconds = clock.GetUtcNow().ToUnixTimeSeconds(),
                ReplyLimitBytes = ushort.MaxValue,
                IsAddressProven = true,
            };
            RequestPipeline.Run(ref work, out length);
            handed = new HandedOff(worker.Scratch.Transfer, worker.Scratch.Update);
            if (work.Opt.WantsTcpKeepalive)
                request.Connection.UseKeepalive();
        }
        finally
        {
            worker.Slot.Exit();
            _idle.Add(worker);
        }
    }

    private async ValueTask<bool> TransferAsync(TransferRequest transfer, StreamRequest request, CancellationToken ct)
    {
        transfer.Connection = request.Connection;
        if (transfer.ClientSerial is { } serial)
            transfer.Changes = await ixfr.FindAsync(transfer, serial, ct).ConfigureAwait(false);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        AskResult<bool> accepted = await transfers.TryAskAsync<bool>(
            reply => new TransferCommand.Begin(transfer, ended, reply), AdmissionDeadline, ct).ConfigureAwait(false);
        if (!accepted.TryGetReply(out bool isAccepted))
        {
            transfer.Dispose();
            return false;
        }

        if (isAccepted)
            await ended.Task.ConfigureAwait(false);
        return isAccepted;
    }

    private readonly record struct HandedOff(TransferRequest? Transfer, PendingUpdate? Update);

    private sealed record Worker(RequestScratch Scratch, ReaderSlot Slot) : IDisposable
    {
        public void Dispose()
        {
            Slot.Dispose();
            Scratch.Dispose();
        }
    }
}
