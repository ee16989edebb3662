using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Journal;

/// <summary>
/// Whether this node can write its journal: the writer says how its last attempt ended, anybody may ask. Unlike a request it needs no
/// answer of an actor, which may be waiting for the store.
/// </summary>
/// <param name="clock">Tells since when.</param>
public sealed class JournalHealth(TimeProvider clock)
{
    private volatile Known _known = new(StoreStatus.Unavailable, "not opened yet", clock.GetUtcNow());
    private long _begun;

    /// <summary>How the last attempt ended, why, and since when attempts end so.</summary>
    public (StoreStatus Status, string Reason, DateTimeOffset Since) Last
    {
        get
        {
            Known known = _known;
            return (known.Status, known.Reason, known.Since);
        }
    }

    /// <summary>How long the attempt under way has been waiting for the store; zero when there is none.</summary>
    public TimeSpan Waiting => Interlocked.Read(ref _begun) is var begun and not 0 ? clock.GetElapsedTime(begun) : TimeSpan.Zero;

    /// <summary>Says that the store is asked.</summary>
    public void Begin() => Interlocked.Exchange(ref _begun, clock.GetTimestamp());

    /// <summary>Says how an attempt ended; true when the one before ended otherwise.</summary>
    public bool End(StoreStatus status, string reason)
    {
        Interlocked.Exchange(ref _begun, 0);
        return Say(status, reason);
    }

    /// <summary>Says how matters stand while an attempt goes on; true when that is news.</summary>
    public bool Say(StoreStatus status, string reason)
    {
        Known before = _known;
        if (before.Status == status)
            return false;
        _known = new Known(status, reason, clock.GetUtcNow());
        return true;
    }

    private sealed record Known(StoreStatus Status, string Reason, DateTimeOffset Since);
}
