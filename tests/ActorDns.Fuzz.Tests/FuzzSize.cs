using ActorDns.Testing.Processes;

namespace ActorDns.Fuzz.Tests;

/// <summary>How many inputs a target gets.</summary>
internal static class FuzzSize
{
    public static int Parser => TestSize.Pick(2_000, 20_000, 200_000);

    public static int Pipeline => TestSize.Pick(2_000, 100_000, 1_000_000);
}
