using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Sockets;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Brings updates from listeners to the zones' writers and sends the replies when the outcomes are known. One instance serves all
/// listeners.
/// </summary>
/// <param name="writers">Where updates go.</param>
/// <param name="clock">Tells the time that replies are signed with.</param>
/// <param name="counters">Counts the replies, which belong to no worker's turn.</param>
public sealed class UpdateHandOff(IZoneWriters writers, TimeProvider clock, RequestCounters counters)
{
    private readonly DatagramReplies _replies = new(clock, counters);

    /// <summary>Where updates and notifies go.</summary>
    internal IZoneWriters Writers { get; } = writers;

    /// <summary>Hands an update over; its reply leaves as a datagram later, if there is a way back.</summary>
    internal void Post(PendingUpdate update, DatagramReturn? back)
    {
        update.Completed = (done, rcode) => _replies.Add(done, rcode, back);
        Begin(update);
    }

    /// <summary>Hands an update over and writes its reply when the outcome is known; returns the reply's length.</summary>
    internal async ValueTask<int> AnswerAsync(PendingUpdate update, Memory<byte> response, CancellationToken ct)
    {
        TaskCompletionSource<Rcode> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        update.Completed = (_, rcode) => outcome.TrySetResult(rcode);
        Begin(update);
        Rcode known = await outcome.Task.WaitAsync(ct).ConfigureAwait(false);
        int length = update.WriteReply(known, response.Span, clock.GetUtcNow().ToUnixTimeSeconds());
        if (length > 0)
            counters.CountLateReply(known.Value);
        return length;
    }

    private void Begin(PendingUpdate update)
    {
        if (!Writers.TryUpdate(update))
            update.TryComplete(Rcode.ServFail);
    }
}
