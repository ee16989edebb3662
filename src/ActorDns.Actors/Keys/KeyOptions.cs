namespace ActorDns.Actors.Keys;

/// <summary>What can be said when a key is made; null leaves what is usual or what the predecessor has.</summary>
/// <param name="Every">Age at which it is rotated by itself; zero for never.</param>
/// <param name="Overlap">How long it must have been unused before it retires by itself.</param>
/// <param name="Hold">True when it becomes active only by command.</param>
public sealed record KeyOptions(TimeSpan? Every = null, TimeSpan? Overlap = null, bool Hold = false);
