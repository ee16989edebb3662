using System.Globalization;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Loading;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>A file of the corpus. Its first line names the zone and options of <c>named-checkzone</c>: <c>; zone example.com -k fail</c>.</summary>
internal sealed record CorpusFile(string Path, string Zone, string[] Arguments)
{
    public static readonly string Folder = System.IO.Path.Combine(AppContext.BaseDirectory, "Loading", "corpus");

    public DomainName Origin => DomainName.Parse(Zone == "." ? "." : Zone + ".");

    public static IEnumerable<string> All(string part) =>
        Directory.GetFiles(System.IO.Path.Combine(Folder, part), "*.db")
            .Select(file => System.IO.Path.GetRelativePath(Folder, file))
            .Order(StringComparer.Ordinal);

    public static CorpusFile Open(string path)
    {
        using StreamReader reader = new(System.IO.Path.Combine(Folder, path));
        string[] words = reader.ReadLine()!.Split(' ');
        return new CorpusFile(path, words[2], words[3..]);
    }

    public ZoneLoadResult Load() =>
        ZoneLoader.Load(Origin, Path, new DiskSource(Folder), Options());

    /// <summary>The defaults of <c>named-checkzone</c>, which warns where <c>named</c> refuses, and what the file asks for.</summary>
    private ZoneCheckOptions Options()
    {
        ZoneCheckOptions options = new() { Names = CheckLevel.Warn };
        for (int i = 0; i + 1 < Arguments.Length; i += 2)
        {
            string value = Arguments[i + 1];
            options = Arguments[i] switch
            {
                "-k" => options with { Names = Level(value) },
                "-m" => options with { Mx = Level(value) },
                "-M" => options with { MxCname = Level(value) },
                "-n" => options with { NsAddresses = Level(value) },
                "-S" => options with { SrvCname = Level(value) },
                "-r" => options with { DuplicateRecords = Level(value) },
                "-W" => options with { Wildcard = value != "ignore" },
                "-i" => options with { Integrity = value != "none" },
                "-l" => options with { MaxTtlSeconds = uint.Parse(value, CultureInfo.InvariantCulture) },
                _ => throw new InvalidOperationException($"{Path}: {Arguments[i]} is not known to the tests"),
            };
        }

        return options;
    }

    private static CheckLevel Level(string word) => Enum.Parse<CheckLevel>(word, ignoreCase: true);
}
