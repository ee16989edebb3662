namespace ActorDns.Actors.Cluster;

/// <summary>Groups of one node that were heard of together: done when all their zones are served here.</summary>
/// <param name="last">Number of the last group.</param>
internal sealed class Portion(long last)
{
    /// <summary>Number of the last group.</summary>
    public long Last { get; } = last;

    /// <summary>What is still to be done for it.</summary>
    public int Outstanding { get; set; }
}
