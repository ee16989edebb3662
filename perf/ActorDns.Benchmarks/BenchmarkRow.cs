namespace ActorDns.Benchmarks;

/// <summary>One benchmark's result, as the JSON file has it.</summary>
/// <param name="Group">What was measured.</param>
/// <param name="Name">The case, with its parameters.</param>
/// <param name="MeanNanoseconds">Mean of the iterations, for one operation.</param>
/// <param name="DeviationNanoseconds">Standard deviation between iterations.</param>
/// <param name="AllocatedBytes">Managed memory that one operation allocates.</param>
internal sealed record BenchmarkRow(
    string Group, string Name, double MeanNanoseconds, double DeviationNanoseconds, long AllocatedBytes);
