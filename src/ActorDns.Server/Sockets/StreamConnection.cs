using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Sockets;

/// <summary>
/// One DNS conversation over a duplex pipe, whatever carries it: cuts the stream into messages, keeps several of them
/// in flight, and lets answers take turns on the way out. After the peer's end of stream the answers in flight still go
/// out.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "None of the fields holds anything but memory the way they are used.")]
internal sealed partial class StreamConnection : IStreamConnection
{
    private readonly IDuplexPipe _pipe;
    private readonly Action _abortTransport;
    private readonly IStreamHandler _handler;
    private readonly TcpListenerOptions _options;
    private readonly StreamCounters _counters;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _gone = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DateTimeOffset _since;
    private int _pending = 1; // The reader's own share, then one per request in flight.
    private bool _readingEnded;
    private bool _draining;
    private bool _keepalive;
    private bool _isOverdue;
    private long _requests;
    private long _lastActivity;

    internal StreamConnection(
        StreamConnectionIdentity identity,
        IDuplexPipe pipe,
        Action abortTransport,
        IStreamHandler handler,
        TcpListenerOptions options,
        StreamCounters counters,
        TimeProvider clock,
        ILogger log)
    {
        Identity = identity;
        _pipe = pipe;
        _abortTransport = abortTransport;
        _handler = handler;
        _options = options;
        _counters = counters;
        _clock = clock;
        _log = log;
        _slots = new SemaphoreSlim(options.MaxInFlightRequests);
        _since = clock.GetUtcNow();
        _lastActivity = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public long Id => Identity.Id;

    /// <inheritdoc/>
    public NetEndpoint Source => Identity.Source;

    /// <inheritdoc/>
    public NetEndpoint Local => Identity.Local;

    internal object Owner => Identity.Owner;

    /// <summary>Completes when the connection has ended and its transport is closed.</summary>
    internal Task Completion => _completion.Task;

    private StreamConnectionIdentity Identity { get; }

    /// <inheritdoc/>
    public void UseKeepalive() => Volatile.Write(ref _keepalive, true);

    /// <inheritdoc/>
    public void Abort()
    {
        Volatile.Write(ref _open, false);
        _ = _gone.CancelAsync();
        _abortTransport();
    }

    /// <summary>Reads no further messages, lets those in flight finish, and closes.</summary>
    internal void Drain()
    {
        Volatile.Write(ref _draining, true);
        _pipe.Input.CancelPendingRead();
    }

    /// <summary>Tells that the transport was closed too.</summary>
    internal void Complete() => _completion.TrySetResult();

    internal ConnectionInfo Describe() => new(
        Id, Source, Local, _since, Volatile.Read(ref _requests), InFlight(), Volatile.Read(ref _keepalive));

    /// <summary>Ends the connection if one of its time-outs has passed.</summary>
    internal void CheckTimeouts(long now)
    {
        long writing = Volatile.Read(ref _writingSince);
        if (writing != 0 && _clock.GetElapsedTime(writing, now) >= _options.WriteTimeout)
        {
            if (Interlocked.Exchange(ref _isOverdue, true))
                return;
            Interlocked.Increment(ref _counters.WriteTimeouts);
            Abort();
            return;
        }

        bool isIdle = InFlight() == 0
            && !Volatile.Read(ref _draining)
            && _clock.GetElapsedTime(Volatile.Read(ref _lastActivity), now) >= IdleLimit();
        if (isIdle)
        {
            Interlocked.Increment(ref _counters.IdleClosed);
            Drain();
        }
    }

    /// <summary>Serves the connection to its end. Never throws because of the peer.</summary>
    internal async Task RunAsync()
    {
        await Task.Yield(); // The caller is an actor's turn; the work of a connection is not its work.
        try
        {
            await ReadAllAsync();
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            Volatile.Write(ref _open, false); // The peer has reset the connection, or it was aborted.
            await _gone.CancelAsync();
        }

        Volatile.Write(ref _readingEnded, true);
        ReleaseShare();
        await _drained.Task;
        await CloseOutputAsync();
        await _pipe.Input.CompleteAsync();
    }

    private TimeSpan IdleLimit()
    {
        if (Volatile.Read(ref _keepalive))
            return _options.KeepaliveTimeout;
        return Volatile.Read(ref _requests) == 0 ? _options.InitialTimeout : _options.IdleTimeout;
    }

    private int InFlight() => Volatile.Read(ref _pending) - (Volatile.Read(ref _readingEnded) ? 0 : 1);

    private async Task ReadAllAsync()
    {
        while (true)
        {
            ReadResult read = await _pipe.Input.ReadAsync(_gone.Token);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (StreamFraming.TryReadLength(in rest, out int length))
            {
                if (length < StreamFraming.MinMessageBytes)
                {
                    Interlocked.Increment(ref _counters.Malformed);
                    return; // What cannot be a message leaves no way to find the next one that can be trusted.
                }

                if (rest.Length < StreamFraming.PrefixBytes + length)
                    break;
                if (!_slots.Wait(0, CancellationToken.None))
                    await _slots.WaitAsync(_gone.Token);
                Dispatch(rest.Slice(StreamFraming.PrefixBytes, length));
                rest = rest.Slice(StreamFraming.PrefixBytes + length);
            }

            _pipe.Input.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted || Volatile.Read(ref _draining))
                return;
        }
    }

    /// <summary>Hands one message to the handler. One that is answered at once costs no allocation.</summary>
    private void Dispatch(in ReadOnlySequence<byte> message)
    {
        int length = (int)message.Length;
        byte[] copy = ArrayPool<byte>.Shared.Rent(length);
        message.CopyTo(copy);
        Interlocked.Increment(ref _pending);
        Volatile.Write(ref _requests, _requests + 1);
        Touch();
        Interlocked.Increment(ref _counters.MessagesIn);
        Interlocked.Add(ref _counters.BytesIn, length + StreamFraming.PrefixBytes);
        ValueTask handling;
        try
        {
            handling = _handler.HandleAsync(new StreamRequest(this, copy.AsMemory(0, length)), _gone.Token);
        }
        catch (Exception failure)
        {
            handling = ValueTask.FromException(failure);
        }

        if (handling.IsCompletedSuccessfully)
        {
            handling.GetAwaiter().GetResult();
            Finish(copy);
        }
        else
        {
            _ = FinishAsync(handling, copy);
        }
    }

    private async Task FinishAsync(ValueTask handling, byte[] message)
    {
        try
        {
            await handling;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            Volatile.Write(ref _open, false); // The handler noticed that nobody waits any more.
        }
        catch (Exception failure)
        {
            Interlocked.Increment(ref _counters.HandlerFaults);
            SocketsLog.StreamHandlerFault(_log, Source, failure);
            Abort();
        }
        finally
        {
            Finish(message);
        }
    }

    private void Finish(byte[] message)
    {
        ArrayPool<byte>.Shared.Return(message);
        Touch();
        _slots.Release();
        ReleaseShare();
    }

    private void ReleaseShare()
    {
        if (Interlocked.Decrement(ref _pending) == 0)
            _drained.TrySetResult();
    }

    private void Touch() => Volatile.Write(ref _lastActivity, _clock.GetTimestamp());
}
