namespace ActorDns.Flood.Starting;

/// <summary>One start of a server.</summary>
/// <param name="Image">How it was compiled.</param>
/// <param name="ReadyMilliseconds">From the start of the process to its first answer.</param>
/// <param name="FirstMicroseconds">How long that answer took, from the query that got it.</param>
/// <param name="MedianMicroseconds">Median of the next queries, one after the other.</param>
/// <param name="P99Microseconds">Their 99th percentile.</param>
/// <param name="WorstMicroseconds">The slowest of them.</param>
internal sealed record StartSample(
    string Image,
    double ReadyMilliseconds,
    double FirstMicroseconds,
    double MedianMicroseconds,
    double P99Microseconds,
    double WorstMicroseconds);
