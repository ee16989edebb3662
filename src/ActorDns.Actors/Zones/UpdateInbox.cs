using System.Collections.Concurrent;
using ActorDns.Kernel;
using ActorDns.Protocol.Registries;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Updates on their way to a zone's actor, which is told once that some wait and not again until it rests: while it writes a group, the
/// next one gathers here without a wake-up for each. Any thread may add. It outlives a restart of the actor.
/// </summary>
public sealed class UpdateInbox
{
    private const int Capacity = 4_096;

    private readonly ConcurrentQueue<IncomingUpdate> _waiting = new();
    private volatile bool _isClosed;
    private int _isTold;

    /// <summary>
    /// Puts an update in line; false when there is no room, or the zone has left: then the caller answers it. What is taken is answered.
    /// </summary>
    /// <param name="update">The update.</param>
    /// <param name="actor">The zone's actor.</param>
    public bool TryAdd(IncomingUpdate update, ActorRef<ZoneCommand> actor)
    {
        if (_isClosed || _waiting.Count >= Capacity)
            return false;
        _waiting.Enqueue(update);
        if (Interlocked.Exchange(ref _isTold, 1) == 0 && !actor.Tell(ZoneCommand.UpdatesWait.Instance))
        {
            Volatile.Write(ref _isTold, 0);
            Refuse();
        }
        else if (_isClosed)
        {
            Refuse();
        }

        return true;
    }

    /// <summary>Fills up a group with updates that wait; the others stay, and count against the room here. Only for the actor.</summary>
    internal void Fill(List<IncomingUpdate> group, int most)
    {
        while (group.Count < most && _waiting.TryDequeue(out IncomingUpdate? update))
            group.Add(update);
    }

    /// <summary>
    /// The actor has nothing to do and is to be told of the next update; false when there is one by now. Only for the actor.
    /// </summary>
    internal bool TryRest()
    {
        Volatile.Write(ref _isTold, 0);
        Interlocked.MemoryBarrier(); // Either who adds sees that nobody was told, or what was added is seen here.
        return _waiting.IsEmpty || Interlocked.Exchange(ref _isTold, 1) != 0;
    }

    /// <summary>Takes no more, and answers what is here.</summary>
    internal void Close()
    {
        _isClosed = true;
        Interlocked.MemoryBarrier(); // Either who adds sees that it is closed, or what was added is seen here.
        Refuse();
    }

    private void Refuse()
    {
        while (_waiting.TryDequeue(out IncomingUpdate? update))
            update.Answer.Reply(Rcode.ServFail);
    }
}
