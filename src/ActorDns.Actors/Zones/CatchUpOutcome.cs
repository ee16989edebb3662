namespace ActorDns.Actors.Zones;

/// <summary>How a comparison with the store ended.</summary>
internal enum CatchUpOutcome
{
    /// <summary>What is served is what the store has.</summary>
    Done,

    /// <summary>The store could not be read.</summary>
    Away,

    /// <summary>The store has less than this node, or something else: the zone takes no change.</summary>
    Disputed,
}
