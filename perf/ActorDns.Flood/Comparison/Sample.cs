namespace ActorDns.Flood.Comparison;

/// <summary>One server, one workload, one round.</summary>
internal sealed record Sample(
    string Server, string Workload, double CpuMicroseconds, double AnswersPerSecond, double MeanBytes, long Answers, long Lost, long[] ByRcode);
