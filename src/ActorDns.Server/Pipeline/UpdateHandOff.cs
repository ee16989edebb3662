using System.Buffers;
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
    /// <summary>Longest reply: header, zone section, OPT and TSIG with names and digests of the greatest length.</summary>
    private const int MaxReplyBytes = 2_048;

    /// <summary>Where updates and notifies go.</summary>
    internal IZoneWriters Writers { get; } = writers;

    /// <summary>Hands an update over; its reply leaves as a datagram later, if there is a way back.</summary>
    internal void Post(PendingUpdate update, DatagramReturn? back)
    {
        Task<Rcode> outcome = Begin(update);
        _ = ReplyAsync();

        async Task ReplyAsync()
        {
            Rcode rcode = await outcome.ConfigureAwait(false);
            byte[] response = ArrayPool<byte>.Shared.Rent(MaxReplyBytes);
            int length = Write(update, rcode, response);
            if (length > 0)
                back?.TrySend(response.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(response);
        }
    }

    /// <summary>Hands an update over and writes its reply when the outcome is known; returns the reply's length.</summary>
    internal async ValueTask<int> AnswerAsync(PendingUpdate update, Memory<byte> response, CancellationToken ct) =>
        Write(update, await Begin(update).WaitAsync(ct).ConfigureAwait(false), response.Span);

    private Task<Rcode> Begin(PendingUpdate update)
    {
        if (!Writers.TryUpdate(update))
            update.TryComplete(Rcode.ServFail);
        return update.Outcome;
    }

    private int Write(PendingUpdate update, Rcode rcode, Span<byte> response)
    {
        int length = update.WriteReply(rcode, response, clock.GetUtcNow().ToUnixTimeSeconds());
        if (length > 0)
            counters.CountLateReply(rcode.Value);
        return length;
    }
}
