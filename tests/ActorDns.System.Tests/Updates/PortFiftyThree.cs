using ActorDns.System.Tests.Harness;

namespace ActorDns.System.Tests.Updates;

/// <summary>For clients that know no port but 53: an address of 127/8 that nobody else has.</summary>
internal static class PortFiftyThree
{
    /// <summary>Skips the test for who may not listen there.</summary>
    public static string TakeAddress()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("only root may listen on port 53");
        return $"127.{Random.Shared.Next(100, 250)}.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(1, 255)}";
    }

    public static NamedConf Listen(NamedConf conf, string address) => conf.Option($"listen-on port 53 {{ {address}; }};");
}
