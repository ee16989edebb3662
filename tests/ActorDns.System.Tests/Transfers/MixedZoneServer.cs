using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Zones;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Transfers;

/// <summary>One server with the big mixed zone and a key of every algorithm, shared by the tests of transfers.</summary>
public sealed class MixedZoneServer : IAsyncLifetime
{
    public const string Zone = MixedZone.Origin;

    private readonly TempFolder _folder = new();

    public ServerUnderTest Server { get; private set; } = null!;

    public TempFolder Folder => _folder;

    /// <summary>The zone as <c>named-compilezone</c> reads it from the file.</summary>
    public string[] Expected { get; private set; } = [];

    /// <summary>The configured key of an algorithm.</summary>
    public static TestKey KeyOf(string algorithm) => TestKey.Create($"{algorithm}-key.example", algorithm);

    public async ValueTask InitializeAsync()
    {
        string file = _folder.Write("mixed.zone", MixedZone.Write(TestSize.Pick(5_000, 100_000, 1_000_000)));
        Expected = await ZoneText.CanonicalAsync(Zone, file);
        NamedConf conf = new();
        foreach (string algorithm in TestKey.Algorithms)
            conf.Key(KeyOf(algorithm));
        string keys = string.Concat(TestKey.Algorithms.Select(algorithm => $"key \"{KeyOf(algorithm).Name}\"; "));
        conf.Primary(Zone, "mixed.zone", $"allow-transfer {{ {keys}}};");
        Server = await ServerUnderTest.StartAsync(_folder, conf);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        _folder.Dispose();
    }
}
