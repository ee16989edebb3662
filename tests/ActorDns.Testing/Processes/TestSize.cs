namespace ActorDns.Testing.Processes;

/// <summary>How much a test run does: <c>ACTORDNS_TEST_SIZE</c> is <c>fast</c>, <c>normal</c> (also when unset) or <c>long</c>.</summary>
public static class TestSize
{
    /// <summary>The figure for this run.</summary>
    public static int Pick(int fast, int normal, int @long) =>
        Environment.GetEnvironmentVariable("ACTORDNS_TEST_SIZE") switch
        {
            "fast" => fast,
            "long" => @long,
            null or "" or "normal" => normal,
            string other => throw new InvalidOperationException($"ACTORDNS_TEST_SIZE is '{other}': use fast, normal or long"),
        };
}
