namespace ActorDns.Flood.Clustering;

/// <summary>One measurement of updates: which nodes and zones, under which wait of the acknowledgement, and how many a second.</summary>
internal sealed record ClusterSample(string Load, string Propagation, double UpdatesPerSecond, long Refused, long Lost);
