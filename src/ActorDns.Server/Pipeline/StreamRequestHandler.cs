using System.Buffers;
using System.Collections.Concurrent;
using ActorDns.Kernel;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Sockets;
using ActorDns.Server.Transfers;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Answers the messages of stream connections. A query is answered on the caller's thread with a worker from a pool; a
/// transfer is handed to
/// the manager of sessions and stays in flight until its session has ended.
/// </summary>
public sealed class StreamRequestHandler(
    PublishedState published,
    ReaderEpochs epochs,
    TimeProvider clock,
    RequestEvents events,
    RequestCounters counters,
    SnapshotLeases leases,
    ActorRef<TransferCommand> transfers) : IStreamHandler, IDisposable
{
    private static readonly TimeSpan AdmissionDeadline = TimeSpan.FromSeconds(10);
    private readonly ConcurrentBag<Worker> _idle = [];

    /// <inheritdoc/>
    public async ValueTask HandleAsync(StreamRequest request, CancellationToken ct)
    {
        byte[] response = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            StepResult result = Answer(request, response, Rcode.NoError, out int length, out TransferRequest? transfer);
            if (result == StepResult.HandOff)
            {
                if (await TransferAsync(transfer!, request, ct).ConfigureAwait(false))
                    return;
                result = Answer(request, response, Rcode.Refused, out length, out _);
            }

            if (result == StepResult.Reply)
                await request.SendAsync(response.AsMemory(0, length), ct).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(response);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out Worker? worker))
            worker.Dispose();
    }

    /// <summary>Runs the pipeline; with an outcome other than NOERROR a transfer is answered with it instead of being handed off.</summary>
    private StepResult Answer(
        StreamRequest request, byte[] response, Rcode transferOutcome, out int length, out TransferRequest? transfer)
    {
        if (!_idle.TryTake(out Worker? worker))
            worker = new Worker(new RequestScratch(events, counters, leases), epochs.Register());
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
            StepResult result = RequestPipeline.Run(ref work, out length);
            transfer = worker.Scratch.Transfer;
            if (work.Opt.WantsTcpKeepalive)
                request.Connection.UseKeepalive();
            return result;
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

    private sealed record Worker(RequestScratch Scratch, ReaderSlot Slot) : IDisposable
    {
        public void Dispose()
        {
            Slot.Dispose();
            Scratch.Dispose();
        }
    }
}
