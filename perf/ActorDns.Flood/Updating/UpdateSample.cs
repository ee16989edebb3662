namespace ActorDns.Flood.Updating;

/// <summary>One server, one workload, one round.</summary>
internal sealed record UpdateSample(
    string Server, string Workload, double UpdatesPerSecond, double CpuMicroseconds, long Updates, long Refused, long Lost);
