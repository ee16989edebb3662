using System.Collections.Concurrent;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Sockets;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// Sends the replies to updates that came as datagrams. The outcomes of a batch come together, from a writer that must not wait: one work
/// item of the thread pool signs them all and sends them together.
/// </summary>
/// <param name="clock">Tells the time that replies are signed with.</param>
/// <param name="counters">Counts the replies.</param>
/// <param name="answered">Is told how many replies have left, or cannot be made.</param>
internal sealed class DatagramReplies(TimeProvider clock, RequestCounters counters, Action<int> answered) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<(PendingUpdate Update, Rcode Rcode, DatagramReturn? Back)> _waiting = new();
    private DatagramReturnBatch? _idle;
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
        DatagramReturnBatch batch = Interlocked.Exchange(ref _idle, null) ?? new DatagramReturnBatch(PendingUpdate.MaxOwnReplyBytes);
        int done = 0;
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        while (_waiting.TryDequeue(out (PendingUpdate Update, Rcode Rcode, DatagramReturn? Back) reply))
        {
            int length = reply.Update.WriteReply(reply.Rcode, batch.Next, now);
            if (length > 0)
            {
                counters.CountLateReply(reply.Rcode.Value);
                if (reply.Back is { } back)
                    batch.Add(back, length);
            }

            done++;
        }

        batch.Send();
        Volatile.Write(ref _idle, batch); // One of them, if two threads were here.
        answered(done);
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _isScheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
