namespace ActorDns.Fuzz.Tests;

/// <summary>How many inputs a target gets, by the environment variable ACTORDNS_TEST_SIZE (fast, normal, long).</summary>
internal static class FuzzSize
{
    public static int Parser => Pick(2_000, 20_000, 200_000);

    public static int Pipeline => Pick(2_000, 100_000, 1_000_000);

    private static int Pick(int fast, int normal, int full) => Environment.GetEnvironmentVariable("ACTORDNS_TEST_SIZE") switch
    {
        "fast" => fast,
        "long" => full,
        _ => normal,
    };
}
