using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Journal;

/// <summary>
/// The way of refusals into the store: whoever refuses takes a place and hands over, without waiting; an actor writes what has come
/// together. Under a flood there is no place, and what finds none is counted.
/// </summary>
public sealed class RefusalLog
{
    /// <summary>Refusals that may wait to be written, and so the most that are written at once.</summary>
    public const int CapacityRefusals = 256;

    private readonly TimeProvider _clock;
    private readonly ActorRef<RefusalCommand> _recorder;
    private int _taken;
    private long _lost;

    /// <summary>Starts the recorder.</summary>
    /// <param name="system">Runs it.</param>
    /// <param name="opened">Where refusals are kept.</param>
    /// <param name="log">Category <c>general</c>.</param>
    public RefusalLog(ActorSystem system, OpenedStore opened, ILogger log)
    {
        _clock = system.Clock;
        _recorder = system.Spawn("refusals", new Props<RefusalCommand>(() => new RefusalRecorder(this, opened, log))
        {
            MailboxCapacityMessages = CapacityRefusals + 1, // Each place, and the timer's word.
        });
    }

    /// <summary>The actor that writes, for tests that wait for it.</summary>
    internal ActorRef<RefusalCommand> Recorder => _recorder;

    /// <summary>The time that refusals carry.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Takes a place; false when there is none, which is counted.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _taken) <= CapacityRefusals)
            return true;
        Interlocked.Decrement(ref _taken);
        Interlocked.Increment(ref _lost);
        return false;
    }

    /// <summary>Hands over a refusal for which a place was taken.</summary>
    /// <param name="refusal">Everything, but for an UPDATE without its content.</param>
    /// <param name="update">The UPDATE that was refused, of which the content is made; empty for other requests.</param>
    public void Add(Refusal refusal, ReadOnlyMemory<byte> update)
    {
        if (!_recorder.Tell(new RefusalCommand.Keep(refusal, update)))
            Release(1, isLost: true);
    }

    /// <summary>Gives places back.</summary>
    internal void Release(int count, bool isLost)
    {
        Interlocked.Add(ref _taken, -count);
        if (isLost)
            Interlocked.Add(ref _lost, count);
    }

    /// <summary>How many were not kept since this was asked last.</summary>
    internal long TakeLost() => Interlocked.Exchange(ref _lost, 0);
}
