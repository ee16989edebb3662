using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Sockets;

/// <summary>
/// One thread's UDP work: receive a batch, prepare all, answer all, send, again. The loop owns its buffers, not the
/// sockets. Whoever drives it calls <see cref="RunOnce"/> in a row on one thread and may do other things between two
/// calls.
/// </summary>
public sealed class ListenerLoop : IDisposable
{
    private const int NoReply = 0;
    private const int Faulted = -1;

    private readonly DatagramEngine _engine;
    private readonly IDatagramHandler _handler;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly int[] _lengths;
    private readonly long _spinTicks;
    private long _spinUntil;
    private bool _spinning;

    /// <summary>
    /// Prepares a loop over one socket or several; they must have been opened with equal options but for the endpoint.
    /// </summary>
    public ListenerLoop(
        IReadOnlyList<BoundDatagramSocket> sockets, IDatagramHandler handler, TimeProvider clock, ILogger log)
        : this(sockets, handler, clock, log, new ListenerCounters())
    {
    }

    internal ListenerLoop(
        IReadOnlyList<BoundDatagramSocket> sockets,
        IDatagramHandler handler,
        TimeProvider clock,
        ILogger log,
        ListenerCounters counters)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        ArgumentNullException.ThrowIfNull(clock);
        _engine = DatagramEngine.Create(sockets, counters);
        _handler = handler;
        _clock = clock;
        _log = log;
        _lengths = new int[_engine.BatchSize];
        _spinTicks = sockets[0].Options.SpinMicroseconds * clock.TimestampFrequency / 1_000_000;
    }

    /// <summary>What the loop has done so far; from any thread.</summary>
    public ListenerCounts Counts => _engine.Counters.Read();

    /// <summary>
    /// Waits about 100 ms at most for a batch, answers it, and returns how many datagrams it had; 0 if none came or
    /// after a wake.
    /// </summary>
    /// <exception cref="System.Net.Sockets.SocketException">The socket itself is unusable; errors of single datagrams
    /// never surface.</exception>
    public int RunOnce()
    {
        int count = _engine.Receive(mayWait: !_spinning);
        if (count > 0)
            AnswerBatch(count);
        if (_spinTicks > 0)
            Pace(count);
        return count;
    }

    /// <summary>Ends the wait of <see cref="RunOnce"/>, or the next one; from any thread, also after the end.</summary>
    public void Wake() => _engine.Wake();

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>
    /// After a full batch more is likely on its way: asks without blocking for a while, which spares the sleep and its
    /// wake-up.
    /// </summary>
    private void Pace(int count)
    {
        if (count == _engine.BatchSize)
        {
            _spinUntil = _clock.GetTimestamp() + _spinTicks;
            _spinning = true;
        }
        else if (_spinning && count == 0)
        {
            _spinning = _clock.GetTimestamp() < _spinUntil;
        }
    }

    private void AnswerBatch(int count)
    {
        Span<int> lengths = _lengths.AsSpan(0, count);
        lengths.Clear();
        _engine.Counters.Batches++;
        bool begun = false;
        try
        {
            _handler.BeginBatch(count);
            begun = true;
            PrepareAll(lengths);
            AnswerAll(lengths);
            _engine.Send(lengths);
        }
        catch (Exception failure) when (!begun)
        {
            Fault(failure);
        }
        finally
        {
            if (begun)
                EndBatch();
        }
    }

    private void PrepareAll(Span<int> lengths)
    {
        int index = 0;
        while (index < lengths.Length)
        {
            try
            {
                for (; index < lengths.Length; index++)
                {
                    Datagram request = _engine.Request(index);
                    _handler.Prepare(index, in request);
                }
            }
            catch (Exception failure)
            {
                lengths[index++] = Faulted;
                Fault(failure);
            }
        }
    }

    private void AnswerAll(Span<int> lengths)
    {
        int index = 0;
        while (index < lengths.Length)
        {
            try
            {
                for (; index < lengths.Length; index++)
                {
                    if (lengths[index] == Faulted)
                        continue;
                    Datagram request = _engine.Request(index);
                    Span<byte> response = _engine.Response(index);
                    int length = _handler.Answer(index, in request, response);
                    if (length > response.Length)
                        throw new InvalidOperationException("a handler claims a longer reply than there is room for");
                    lengths[index] = length;
                }
            }
            catch (Exception failure)
            {
                lengths[index++] = NoReply;
                Fault(failure);
            }
        }
    }

    private void EndBatch()
    {
        try
        {
            _handler.EndBatch();
        }
        catch (Exception failure)
        {
            Fault(failure);
        }
    }

    /// <summary>
    /// Counts a fault; logs the first, second, fourth and so on, since a bad query can be repeated at line rate.
    /// </summary>
    private void Fault(Exception failure)
    {
        long faults = ++_engine.Counters.HandlerFaults;
        if (long.IsPow2(faults))
            SocketsLog.DatagramHandlerFault(_log, faults, failure);
    }
}
