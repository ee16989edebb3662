using System.Text.RegularExpressions;

namespace ActorDns.Host.Tests.Metrics;

/// <summary>The list of metrics in <c>docs/metrics.md</c>.</summary>
internal static partial class MetricsDocument
{
    /// <summary>Type and sorted labels of each metric, by its name.</summary>
    public static Dictionary<string, string> Read() => File.ReadLines(Path.Combine(Root(), "docs", "metrics.md"))
        .Select(static line => Row().Match(line))
        .Where(static match => match.Success)
        .ToDictionary(
            static match => match.Groups["name"].Value,
            static match => $"{match.Groups["type"]} {match.Groups["labels"]}".Replace("`", "", StringComparison.Ordinal).TrimEnd());

    /// <summary>The top of the repository.</summary>
    public static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "ActorDns.sln")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (?<type>counter|gauge|histogram) \| ?(?<labels>[^|]*?) ?\| [^|]+ \|$")]
    private static partial Regex Row();
}
