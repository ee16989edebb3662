using System.Buffers;
using System.IO.Pipelines;

namespace ActorDns.Server.Sockets;

internal sealed partial class StreamConnection
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _open = true;
    private long _writingSince;

    /// <inheritdoc/>
    public bool IsOpen => Volatile.Read(ref _open);

    /// <inheritdoc/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(message.Length, StreamFraming.MinMessageBytes, nameof(message));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, StreamFraming.MaxMessageBytes, nameof(message));
        return _turn.Wait(0, CancellationToken.None)
            ? SendInTurnAsync(message, isFramed: false)
            : WaitAndSendAsync(message, isFramed: false, ct);
    }

    /// <inheritdoc/>
    public ValueTask SendFramedAsync(ReadOnlyMemory<byte> framed, CancellationToken ct = default) =>
        _turn.Wait(0, CancellationToken.None)
            ? SendInTurnAsync(framed, isFramed: true)
            : WaitAndSendAsync(framed, isFramed: true, ct);

    private async ValueTask WaitAndSendAsync(ReadOnlyMemory<byte> octets, bool isFramed, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        await SendInTurnAsync(octets, isFramed);
    }

    /// <summary>Writes and flushes; the caller holds the turn, which is given back at the end.</summary>
    private ValueTask SendInTurnAsync(ReadOnlyMemory<byte> octets, bool isFramed)
    {
        bool isPending = false;
        try
        {
            if (!IsOpen)
                return ValueTask.CompletedTask;
            Volatile.Write(ref _writingSince, _clock.GetTimestamp());
            if (isFramed)
                _pipe.Output.Write(octets.Span);
            else
                StreamFraming.Write(_pipe.Output, octets.Span);
            Interlocked.Add(ref _counters.BytesOut, octets.Length + (isFramed ? 0 : StreamFraming.PrefixBytes));
            ValueTask<FlushResult> flush = _pipe.Output.FlushAsync(CancellationToken.None);
            if (!flush.IsCompletedSuccessfully)
            {
                isPending = true;
                return AwaitFlushAsync(flush);
            }

            NoteFlushed(flush.Result);
            return ValueTask.CompletedTask;
        }
        finally
        {
            if (!isPending)
                EndTurn();
        }
    }

    private async ValueTask AwaitFlushAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            NoteFlushed(await flush);
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            Volatile.Write(ref _open, false);
        }
        finally
        {
            EndTurn();
        }
    }

    private void NoteFlushed(FlushResult result)
    {
        if (!result.IsCompleted)
            return;
        Volatile.Write(ref _open, false); // The transport takes nothing any more.
        _ = _gone.CancelAsync();
    }

    private void EndTurn()
    {
        Volatile.Write(ref _writingSince, 0);
        Touch();
        _turn.Release();
    }

    /// <summary>
    /// Closes our side after everything sent so far; a peer that does not take it falls to the write time-out.
    /// </summary>
    private async Task CloseOutputAsync()
    {
        await _turn.WaitAsync();
        Volatile.Write(ref _open, false);
        Volatile.Write(ref _writingSince, _clock.GetTimestamp());
        await _pipe.Output.CompleteAsync();
        _turn.Release();
    }
}
