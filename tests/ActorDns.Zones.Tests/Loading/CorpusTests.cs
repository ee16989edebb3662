using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>Every zone file of the corpus, given to BIND's tools and to this loader.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Files => [.. CorpusFile.All("good"), .. CorpusFile.All("bad")];

    public static TheoryData<string> Differing => [.. CorpusFile.All("differs")];

    public static TheoryData<string> Good => [.. CorpusFile.All("good")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Verdict_is_that_of_named_checkzone(string path)
    {
        CorpusFile file = CorpusFile.Open(path);
        (int exitCode, string output) = NamedZoneTool.Check(
            CorpusFile.Folder, ["-i", "local", .. file.Arguments, file.Zone, path]);

        ZoneLoadResult result = file.Load();

        Assert.True(
            exitCode == 0 == result.IsLoaded,
            $"named-checkzone: {exitCode}\n{output}\nours:\n{string.Join('\n', result.Problems.Select(result.Line))}\n{result.Summary}");
        Assert.Equal(path.StartsWith("good/", StringComparison.Ordinal), result.IsLoaded);
        Discard(result);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void Full_dump_is_that_of_named_compilezone(string path)
    {
        CorpusFile file = CorpusFile.Open(path);
        (int exitCode, string expected, string messages) = NamedZoneTool.Compile(
            CorpusFile.Folder,
            ["-i", "local", "-k", "warn", "-n", "warn", .. file.Arguments, "-f", "text", "-F", "text", "-s", "full", "-o", "-", file.Zone, path]);
        Assert.True(exitCode == 0, messages);

        ZoneLoadResult result = file.Load();
        Assert.True(result.IsLoaded, string.Join('\n', result.Problems));
        StringWriter text = new();
        ZoneFileWriter.Write(result.Snapshot!, text, ZoneFileStyle.Full);
        Discard(result);

        Assert.Equal(WithoutComments(expected), text.ToString());
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void Warnings_stand_at_the_lines_that_named_checkzone_names(string path)
    {
        CorpusFile file = CorpusFile.Open(path);
        (_, string output) = NamedZoneTool.Check(CorpusFile.Folder, ["-i", "local", .. file.Arguments, file.Zone, path]);
        IEnumerable<string> expected = output.Split('\n')
            .Select(line => line.Replace("dns_master_load: ", "", StringComparison.Ordinal))
            .Where(line => line.StartsWith(path + ":", StringComparison.Ordinal) || line.StartsWith("parts/", StringComparison.Ordinal))
            .Select(Place);

        ZoneLoadResult result = file.Load();
        Discard(result);

        Assert.Equal(expected.Order(), result.Problems.Where(problem => problem.Line > 0).Select(problem => Place(problem.ToString())).Order());
    }

    /// <summary>Each of these files says in its second line what is different and why.</summary>
    [Theory]
    [MemberData(nameof(Differing))]
    public void Verdict_on_a_deliberate_difference_is_not_that_of_named_checkzone(string path)
    {
        CorpusFile file = CorpusFile.Open(path);
        (int exitCode, _) = NamedZoneTool.Check(CorpusFile.Folder, ["-i", "local", .. file.Arguments, file.Zone, path]);

        ZoneLoadResult result = file.Load();
        Discard(result);

        Assert.NotEqual(exitCode == 0, result.IsLoaded);
    }

    [Fact]
    public void Corpus_holds_at_least_four_hundred_files() => Assert.True(Files.Count >= 400, $"only {Files.Count} files");

    /// <summary>Above signatures that it may have to renew, BIND notes when.</summary>
    private static string WithoutComments(string zone) =>
        string.Join('\n', zone.Split('\n').Where(line => !line.StartsWith("; resign=", StringComparison.Ordinal)));

    private static string Place(string line) => string.Join(':', line.Split(':').Take(2));

    private static void Discard(ZoneLoadResult result)
    {
        if (result.Snapshot is { } zone)
            SnapshotReclaimer.Discard(zone);
    }
}
