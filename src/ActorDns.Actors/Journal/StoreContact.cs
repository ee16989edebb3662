namespace ActorDns.Actors.Journal;

/// <summary>
/// Counts how often the store was out of reach: what is there afterwards may be another one, or an older one, so that a zone looks at what
/// it holds before it writes again (ARCHITECTURE §5.10). Any thread may use it.
/// </summary>
public sealed class StoreContact
{
    private int _losses;

    /// <summary>How often it was lost so far.</summary>
    public int Losses => Volatile.Read(ref _losses);

    /// <summary>Notes that it was lost.</summary>
    public void Lose() => Interlocked.Increment(ref _losses);
}
