using System.Collections.Concurrent;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Sockets;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Sends the replies to updates that came as datagrams. The outcomes of a batch come together, from a writer that must not wait: one work
/// item of the thread pool signs and sends them all.
/// </summary>
/// <param name="clock">Tells the time that replies are signed with.</param>
/// <param name="counters">Counts the replies.</param>
/// <param name="answered">Is told of each reply that has left, or cannot be made.</param>
internal sealed class DatagramReplies(TimeProvider clock, RequestCounters counters, Action answered) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<(PendingUpdate Update, Rcode Rcode, DatagramReturn? Back)> _waiting = new();
    private int _isScheduled;

    /// <summary>Puts a reply in line.</summary>
    public void Add(PendingUpdate update, Rcode rcode, DatagramReturn? back)
    {
        _waiting.Enqueue((update, rcode, back));
        Schedule();
    }

    void IThreadPoolWorkItem.Execute()
    {
        // Cleared first: what is added from now on schedules again.
        Volatile.Write(ref _isScheduled, 0);
        Interlocked.MemoryBarrier();
        Span<byte> response = stackalloc byte[PendingUpdate.MaxOwnReplyBytes];
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        while (_waiting.TryDequeue(out (PendingUpdate Update, Rcode Rcode, DatagramReturn? Back) reply))
        {
            int length = reply.Update.WriteReply(reply.Rcode, response, now);
            if (length > 0)
            {
                counters.CountLateReply(reply.Rcode.Value);
                reply.Back?.TrySend(response[..length]);
            }

            answered();
        }
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
