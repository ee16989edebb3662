using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Sockets;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Brings updates from listeners to the zones' writers and sends the replies when the outcomes are known. One instance serves all
/// listeners.
/// </summary>
public sealed class UpdateHandOff
{
    private readonly TaskCompletionSource _allAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;
    private readonly RequestCounters _streams;
    private readonly DatagramReplies _replies;
    private volatile bool _isClosed;
    private int _open;

    /// <summary>Makes the way from the listeners to the writers.</summary>
    /// <param name="writers">Where updates go.</param>
    /// <param name="clock">Tells the time that replies are signed with.</param>
    /// <param name="datagrams">Counts the replies that leave as datagrams: they belong to no worker's turn.</param>
    /// <param name="streams">Counts the replies on stream connections.</param>
    public UpdateHandOff(IZoneWriters writers, TimeProvider clock, RequestCounters datagrams, RequestCounters streams)
    {
        Writers = writers;
        _clock = clock;
        _streams = streams;
        _replies = new DatagramReplies(clock, datagrams, Answered);
    }

    /// <summary>Updates that were taken and whose replies have not left yet.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Where updates and notifies go.</summary>
    internal IZoneWriters Writers { get; }

    /// <summary>
    /// Takes no more updates: whoever sends one is told SERVFAIL and tries another server. The task ends when every update that was taken
    /// is answered.
    /// </summary>
    public Task CloseAsync()
    {
        _isClosed = true;
        Interlocked.MemoryBarrier(); // Either an update sees that it is too late, or it is seen here.
        if (Open == 0)
            _allAnswered.TrySetResult();
        return _allAnswered.Task;
    }

    /// <summary>Hands an update over; its reply leaves as a datagram later, if there is a way back.</summary>
    internal void Post(PendingUpdate update, DatagramReturn? back)
    {
        update.Completed = (done, rcode) => _replies.Add(done, rcode, back);
        Begin(update);
    }

    /// <summary>Hands an update over and waits for its outcome, or until nobody waits for the reply any more.</summary>
    internal async ValueTask<Rcode> DecideAsync(PendingUpdate update, CancellationToken ct)
    {
        TaskCompletionSource<Rcode> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        update.Completed = (_, rcode) =>
        {
            outcome.TrySetResult(rcode);
            Answered(1); // The connection, which ends after what it has begun, sends the reply.
        };
        Begin(update);
        using CancellationTokenRegistration gone = ct.UnsafeRegister(
            static (waiting, token) => ((TaskCompletionSource<Rcode>)waiting!).TrySetCanceled(token), outcome);
        return await outcome.Task.ConfigureAwait(false);
    }

    /// <summary>Writes the reply of an update that came on a stream and returns its length; 0 when none is to be sent.</summary>
    internal int WriteReply(PendingUpdate update, Rcode outcome, Span<byte> response)
    {
        int length = update.WriteReply(outcome, response, _clock.GetUtcNow().ToUnixTimeSeconds());
        if (length > 0)
            _streams.CountLateReply(outcome.Value);
        return length;
    }

    private void Begin(PendingUpdate update)
    {
        Interlocked.Increment(ref _open);
        if (_isClosed || !Writers.TryUpdate(update))
            update.TryComplete(Rcode.ServFail);
    }

    private void Answered(int count)
    {
        if (Interlocked.Add(ref _open, -count) == 0 && _isClosed)
            _allAnswered.TrySetResult();
    }
}
