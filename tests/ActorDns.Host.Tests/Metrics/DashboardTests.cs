using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorDns.Host.Tests.Metrics;

/// <summary>The dashboard in <c>docs/grafana</c>: what it asks for is there.</summary>
public sealed partial class DashboardTests
{
    private const int GridColumns = 24;
    private static readonly JsonElement Dashboard = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(MetricsDocument.Root(), "docs", "grafana", "actordns.json"))).RootElement;

    [Fact]
    public void Every_metric_that_a_panel_or_variable_asks_for_exists_with_the_labels_it_is_grouped_by()
    {
        Dictionary<string, string> metrics = MetricsDocument.Read();
        int asked = 0;
        foreach (string query in Queries())
        {
            string[] families = [.. Metric().Matches(query).Select(match => FamilyOf(match.Value, metrics, query))];
            Assert.NotEmpty(families);
            asked += families.Length;
            foreach (Match grouping in Grouping().Matches(query))
            {
                foreach (string label in grouping.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries))
                {
                    bool isKnown = label is "instance" or "le" || families.All(family => LabelsOf(metrics[family]).Contains(label));
                    Assert.True(isKnown, $"no label {label}: {query}");
                }
            }
        }

        Assert.True(asked > metrics.Count / 2, $"{asked} of {metrics.Count} metrics are shown");
    }

    [Fact]
    public void Legends_name_labels_that_the_query_leaves()
    {
        foreach (JsonElement target in Panels().SelectMany(Targets))
        {
            string query = target.GetProperty("expr").GetString()!;
            IEnumerable<string> left = Grouping().Matches(query).SelectMany(static match => match.Groups["labels"].Value.Split(", "));
            foreach (Match label in Legend().Matches(target.GetProperty("legendFormat").GetString()!))
            {
                bool isAggregated = query.Contains("sum ", StringComparison.Ordinal) || query.Contains("max ", StringComparison.Ordinal);
                Assert.True(!isAggregated || left.Contains(label.Groups["label"].Value), $"{label.Value}: {query}");
            }
        }
    }

    [Fact]
    public void Panels_have_numbers_and_places_of_their_own()
    {
        JsonElement[] panels = Panels();
        Assert.Equal(panels.Length, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        HashSet<(int X, int Y)> taken = [];
        foreach (JsonElement panel in panels)
        {
            JsonElement place = panel.GetProperty("gridPos");
            (int x, int y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            (int width, int height) = (place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
            Assert.InRange(x + width, 1, GridColumns);
            for (int i = 0; i < width * height; i++)
                Assert.True(taken.Add((x + (i % width), y + (i / width))), panel.GetProperty("title").GetString());
        }
    }

    private static JsonElement[] Panels() => [.. Dashboard.GetProperty("panels").EnumerateArray()];

    private static IEnumerable<JsonElement> Targets(JsonElement panel) =>
        panel.TryGetProperty("targets", out JsonElement targets) ? targets.EnumerateArray() : [];

    private static IEnumerable<string> Queries() => Panels().SelectMany(Targets)
        .Select(static target => target.GetProperty("expr").GetString()!)
        .Concat(Dashboard.GetProperty("annotations").GetProperty("list").EnumerateArray()
            .Select(static annotation => annotation.GetProperty("expr").GetString()!))
        .Concat(Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Where(static variable => variable.GetProperty("type").GetString() == "query")
            .Select(static variable => variable.GetProperty("definition").GetString()!));

    private static string FamilyOf(string name, Dictionary<string, string> metrics, string query)
    {
        string family = HistogramSuffix().Replace(name, "");
        if (metrics.TryGetValue(family, out string? type) && type.StartsWith("histogram", StringComparison.Ordinal))
            return family;
        Assert.True(metrics.ContainsKey(name), $"no metric {name}: {query}");
        return name;
    }

    private static string[] LabelsOf(string entry) => entry.Split(' ', 2) is [_, var labels] ? labels.Split(", ") : [];

    [GeneratedRegex(@"\b(actordns|dotnet)_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"_(bucket|sum|count)$")]
    private static partial Regex HistogramSuffix();

    [GeneratedRegex(@"\bby \((?<labels>[^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{\{(?<label>\w+)\}\}")]
    private static partial Regex Legend();
}
