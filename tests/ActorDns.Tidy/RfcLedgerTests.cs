using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorDns.Tidy;

/// <summary>
/// The ledger under docs/rfc is compared with the tests both ways. A row is
/// <c>| 8945-5.2.3-b | §5.2.3 | MUST | requirement | done | Test_name |</c>; a state other than done tells why.
/// </summary>
public sealed partial class RfcLedgerTests
{
    private sealed record Row(string File, int Line, string Id, string Section, string State, string Test)
    {
        public int Rfc => int.Parse(Id[..Id.IndexOf('-', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Done_rows_have_their_test_with_its_attribute()
    {
        HashSet<(int Rfc, string Section, string Test)> tagged = [.. TaggedTests().Select(test => (test.Rfc, test.Section, test.Name))];
        Repository.AssertEmpty(Rows()
            .Where(row => row.State == "done" && !tagged.Contains((row.Rfc, row.Section, row.Test)))
            .Select(row => $"{row.File}:{row.Line}: no test {row.Test} tagged [Rfc({row.Rfc}, \"{row.Section}\")]"));
    }

    [Fact]
    public void Tagged_tests_have_a_row()
    {
        HashSet<(int Rfc, string Section, string Test)> rows = [.. Rows().Select(row => (row.Rfc, row.Section, row.Test))];
        Repository.AssertEmpty(TaggedTests()
            .Where(test => !rows.Contains((test.Rfc, test.Section, test.Name)))
            .Select(test => $"{test.Path}: {test.Name} [Rfc({test.Rfc}, \"{test.Section}\")] has no row in docs/rfc/rfc{test.Rfc}.md"));
    }

    [Fact]
    public void Row_ids_are_unique() => Repository.AssertEmpty(
        Rows().GroupBy(row => row.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key} appears {group.Count()} times"));

    private static IEnumerable<Row> Rows()
    {
        string folder = Path.Combine(Repository.Root, "docs", "rfc");
        foreach (string path in Directory.EnumerateFiles(folder, "rfc*.md").Order(StringComparer.Ordinal))
        {
            int number = 0;
            foreach (string line in File.ReadLines(path))
            {
                number++;
                Match match = LedgerRow().Match(line);
                if (!match.Success)
                    continue;
                yield return new Row(
                    Repository.Relative(path),
                    number,
                    match.Groups["id"].Value,
                    match.Groups["section"].Value,
                    match.Groups["state"].Value.Trim(),
                    match.Groups["test"].Value.Trim());
            }
        }
    }

    private static IEnumerable<(string Path, int Rfc, string Section, string Name)> TaggedTests()
    {
        foreach (string path in Repository.SourceFiles("tests"))
        {
            if (path.Contains("ActorDns.Tidy", StringComparison.Ordinal))
                continue;
            string text = File.ReadAllText(path);
            foreach (Match attribute in RfcAttribute().Matches(text))
            {
                Match method = Method().Match(text, attribute.Index);
                if (method.Success)
                {
                    yield return (
                        Repository.Relative(path),
                        int.Parse(attribute.Groups["rfc"].Value, CultureInfo.InvariantCulture),
                        attribute.Groups["section"].Value,
                        method.Groups[1].Value);
                }
            }
        }
    }

    [GeneratedRegex(@"^\| (?<id>\d+-[\w.-]+) \| §(?<section>[\w.]+) \|[^|]*\|(?<text>.*)\|(?<state>[^|]*)\|(?<test>[^|]*)\|\s*$")]
    private static partial Regex LedgerRow();

    [GeneratedRegex(@"\bRfc\((?<rfc>\d+), ""(?<section>[\w.]+)""\)")]
    private static partial Regex RfcAttribute();

    [GeneratedRegex(@"public (?:async )?(?:void|Task|ValueTask) (\w+)\(")]
    private static partial Regex Method();
}
