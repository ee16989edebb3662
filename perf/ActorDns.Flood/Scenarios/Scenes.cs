using System.Globalization;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Scenarios;

/// <summary>The scenes by name; their zones are written when the first scenario needs them.</summary>
internal sealed class Scenes(string folder, RunSizes sizes)
{
    public const string Queries = "queries";
    public const string Latency = "latency";
    public const string Large = "large";
    public const string Copy = "copy";
    public const string Many = "many";
    public const string Updates = "updates";
    public const string History = "history";
    public const string Restarts = "restarts";
    public const string SeenAtBind = "seen-at-bind";
    public const string SeenAtEqual = "seen-at-equal";

    /// <summary>Where the primary of the scene <see cref="Copy"/> answers.</summary>
    public const int PrimaryPort = 5_550;

    private readonly Dictionary<string, SceneZone> _written = [];

    /// <summary>The scene with its zones, for a server that writes into its own folder.</summary>
    public Scene Make(string id) => id switch
    {
        Queries => new Scene(id, [Mixed(), Signed()]),
        Latency => new Scene(id, [Mixed(), Changing()]) { TakesUpdates = true },
        Large => new Scene(id, [Big()]),
        Copy => new Scene(id, [Big()]) { PrimaryPort = PrimaryPort },
        Many => new Scene(id, [.. Enumerable.Range(0, sizes.Zones).Select(Small)]),
        SeenAtBind => new Scene(id, [Changing()]) { TakesUpdates = true, Secondary = SecondaryChoice.Bind },
        SeenAtEqual => new Scene(id, [Changing()]) { TakesUpdates = true, Secondary = SecondaryChoice.Equal },
        Updates or History => new Scene(id, [Changing()]) { TakesUpdates = true },
        Restarts => new Scene(id, [Big()]) { TakesUpdates = true },
        _ => throw new ArgumentException($"no scene {id}"),
    };

    private SceneZone Mixed() => Once(BenchmarkZone.MixedOrigin, path => BenchmarkZone.WriteMixed(path, BenchmarkZone.MixedOrigin, sizes.Names));

    private SceneZone Signed() => Once(BenchmarkZone.SignedOrigin, path => BenchmarkZone.WriteSigned(path, sizes.Names));

    private SceneZone Big() => Once("large.example.", path => BenchmarkZone.WriteMixed(path, "large.example.", sizes.LargeNames));

    private SceneZone Changing() => Once(BenchmarkZone.UpdateOrigin, path => BenchmarkZone.WriteUpdates(path, BenchmarkZone.UpdateOrigin));

    private SceneZone Small(int number)
    {
        string origin = string.Create(CultureInfo.InvariantCulture, $"z{number:D5}.example.");
        return Once(origin, path => BenchmarkZone.WriteMixed(path, origin, 4));
    }

    private SceneZone Once(string origin, Func<string, long> write)
    {
        if (!_written.TryGetValue(origin, out SceneZone? zone))
        {
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "zones")).FullName, origin + "zone");
            _written.Add(origin, zone = new SceneZone(origin, path, write(path)));
        }

        return zone;
    }
}

/// <summary>How large the zones are.</summary>
/// <param name="Names">Names of the zones that are asked.</param>
/// <param name="LargeNames">Names of the large zone: 1.8 records each.</param>
/// <param name="Zones">Number of small zones.</param>
internal sealed record RunSizes(int Names, int LargeNames, int Zones);
