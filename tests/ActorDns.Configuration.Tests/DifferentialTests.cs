namespace ActorDns.Configuration.Tests;

/// <summary>Every file of the corpus, asked of the real <c>named-checkconf</c> and of this loader.</summary>
public sealed class DifferentialTests
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "corpus");

    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(Corpus, "*.conf", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Corpus, f)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Verdict_is_that_of_named_checkconf(string file)
    {
        (int exitCode, string output, string errors) = NamedCheckconf.Run(Corpus, file);

        LoadResult result = Load(file);

        Assert.True(
            exitCode == 0 == result.PassesCheck,
            $"named-checkconf: {exitCode}\n{output}{errors}\nours:\n{string.Join('\n', result.Diagnostics)}");
    }

    /// <summary>The files that the real tool accepts and prints in a form that it can read again.</summary>
    public static TheoryData<string> Printable =>
        [.. Files.Select(f => f.Data).Where(f => !f.StartsWith("bad/", StringComparison.Ordinal)
            && !f.StartsWith("unprintable/", StringComparison.Ordinal) && !f.Contains("_as_published", StringComparison.Ordinal)
            && !f.Contains("_broken", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Printable))]
    public void Canonical_print_is_that_of_named_checkconf(string file)
    {
        (int exitCode, string output, string errors) = NamedCheckconf.Run(Corpus, "-p", file);
        Assert.True(exitCode == 0, output + errors);

        Assert.Equal(Normalise(WithoutMessages(output)), Normalise(Load(file).Tree.Print()));
    }

    [Theory]
    [MemberData(nameof(Printable))]
    public void Canonical_print_with_hidden_secrets_is_that_of_named_checkconf(string file)
    {
        (int exitCode, string output, string errors) = NamedCheckconf.Run(Corpus, "-px", file);
        Assert.True(exitCode == 0, output + errors);

        Assert.Equal(Normalise(WithoutMessages(output)), Normalise(Load(file).Tree.Print(hideSecrets: true)));
    }

    [Fact]
    public void Corpus_holds_at_least_eight_hundred_files() => Assert.True(Files.Count >= 800, $"only {Files.Count} files");

    [Fact]
    public void Configuration_of_the_Debian_package_loads()
    {
        Assert.SkipUnless(File.Exists("/etc/bind/named.conf"), "no /etc/bind/named.conf here");

        LoadResult result = ConfigLoader.Load("/etc/bind/named.conf", new DiskConfigSource("/"));

        Assert.True(result.CanLoad, string.Join('\n', result.Diagnostics));
    }

    private static LoadResult Load(string file) => ConfigLoader.Load(file, new DiskConfigSource(Corpus));

    private static string WithoutMessages(string output) =>
        string.Join('\n', output.Split('\n').Where(l => !System.Text.RegularExpressions.Regex.IsMatch(l, @"^[\w/.-]+\.conf:\d+: ")));

    private static string Normalise(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" ;", ";", StringComparison.Ordinal);
}
