using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorDns.Tidy;

public sealed partial class SourceTextTests
{
    /// <summary>What must not be called, where, and what to use instead.</summary>
    private static readonly (string Pattern, string Under, string[] Except, string Instead)[] Banned =
    [
        (@"\bDateTime(Offset)?\.(Utc)?Now\b", "src", [], "a TimeProvider that is passed in"),
        (@"\bTask\.Run\(", "src/ActorDns.Server", [], "an actor"),
        (@"\block\s*\(", "src/ActorDns.Server/Pipeline", [], "memory of the worker's own"),
        (@"\bthrow\b", "src/ActorDns.Protocol/Messages", [], "a ParseError"),
        (@"\bThread\.Sleep\(", "src", [], "a timer of the actor"),
        (@"\bThread\.Sleep\(|\bTask\.Delay\(\d", "tests", ["ActorDns.System.Tests"], "an event that the test waits for"),
        (@"\bConsole\.", "src", ["ActorDns.Host"], "a logger; only Host talks to the console"),
        (@"^\s*#region", "src", [], "a type of its own"),
        (@"\bNotImplementedException\b", "src", [], "the implementation"),
        (@"catch\s*(\(Exception[^)]*\))?\s*\{\s*\}", "src", [], "a catch that counts or logs"),
        (@"\basync void\b", "src", [], "async Task"),
    ];

    [Fact]
    public void Banned_calls_are_not_made()
    {
        List<string> findings = [];
        foreach ((string pattern, string under, string[] except, string instead) in Banned)
        {
            Regex regex = new(pattern);
            foreach (string path in Repository.SourceFiles(under))
            {
                if (Path.GetFileName(path) == "SourceTextTests.cs" || except.Any(part => path.Contains(part, StringComparison.Ordinal)))
                    continue;
                findings.AddRange(Lines(path)
                    .Where(line => regex.IsMatch(line.Text))
                    .Select(line => $"{Repository.Relative(path)}:{line.Number}: {line.Text.Trim()}: use {instead}"));
            }
        }

        Repository.AssertEmpty(findings);
    }

    [Fact]
    public void Nothing_is_left_to_be_done_later()
    {
        Regex marks = new(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b");
        Repository.AssertEmpty(
            from path in Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests"))
            from line in Lines(path)
            where marks.IsMatch(line.Text)
            select $"{Repository.Relative(path)}:{line.Number}: {line.Text.Trim()}: do it, or file an issue and take the words out");
    }

    [Fact]
    public void Namespace_equals_folder()
    {
        List<string> findings = [];
        foreach (string path in Repository.SourceFiles("src").Concat(Repository.SourceFiles("tests")))
        {
            string text = File.ReadAllText(path);
            Match declared = NamespaceDeclaration().Match(text);
            if (!declared.Success)
                continue; // Program.cs and files of assembly attributes have none.
            string folder = Path.GetDirectoryName(Repository.Relative(path))!;
            string expected = string.Join('.', folder.Split('/').Skip(1));
            if (declared.Groups[1].Value != expected)
                findings.Add($"{Repository.Relative(path)}: namespace {declared.Groups[1].Value}, use {expected}");
        }

        Repository.AssertEmpty(findings);
    }

    [Fact]
    public void Log_event_ids_are_unique()
    {
        var ids =
            from path in Repository.SourceFiles("src")
            from Match match in EventId().Matches(File.ReadAllText(path))
            select (Id: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Path: Repository.Relative(path));
        Repository.AssertEmpty(ids.GroupBy(entry => entry.Id).Where(group => group.Count() > 1)
            .Select(group => $"event id {group.Key} is used in {string.Join(" and ", group.Select(entry => entry.Path))}"));
    }

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        Repository.AssertEmpty(
            from path in Repository.SourceFiles("src")
            from line in Lines(path)
            where line.Text.Length > 140
            select $"{Repository.Relative(path)}:{line.Number}: {line.Text.Length} characters");
    }

    /// <summary>How long the comparison of RFC 8945 §5.2.2 takes must not tell how much of a MAC was right.</summary>
    [Fact]
    public void Macs_and_secrets_are_compared_in_constant_time()
    {
        string folder = Path.Combine("ActorDns.Protocol", "Security");
        string[] security = [.. Repository.SourceFiles("src").Where(path => path.Contains(folder, StringComparison.Ordinal))];
        Repository.AssertEmpty(
            from path in security
            where !path.EndsWith("LibCrypto.cs", StringComparison.Ordinal) // Compares a known digest once, at start.
            from line in Lines(path)
            where line.Text.Contains("SequenceEqual", StringComparison.Ordinal)
            select $"{Repository.Relative(path)}:{line.Number}: SequenceEqual, use CryptographicOperations.FixedTimeEquals");
        string verifier = File.ReadAllText(security.Single(path => path.EndsWith("TsigVerifier.cs", StringComparison.Ordinal)));
        Assert.Equal(2, verifier.Split("CryptographicOperations.FixedTimeEquals(").Length - 1); // Requests; answers and streams.
    }

    [Fact]
    public void Largest_files_are_listed_and_none_is_beyond_reason()
    {
        (string Path, int Lines)[] files =
            [.. Repository.SourceFiles("src").Select(path => (Repository.Relative(path), File.ReadLines(path).Count()))];
        foreach ((string path, int lines) in files.OrderByDescending(file => file.Lines).Take(10))
            TestContext.Current.SendDiagnosticMessage("{0,5} {1}", lines, path);
        Repository.AssertEmpty(files.Where(file => file.Lines > 600).Select(file => $"{file.Path}: {file.Lines} lines; a second type hides in it"));
    }

    private static IEnumerable<(int Number, string Text)> Lines(string path) =>
        File.ReadLines(path).Select((text, index) => (index + 1, text));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(\d+)")]
    private static partial Regex EventId();
}
