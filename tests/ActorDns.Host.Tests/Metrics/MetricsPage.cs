using System.Globalization;

namespace ActorDns.Host.Tests.Metrics;

/// <summary>The page of metrics, read as Prometheus reads it: families with their types, and samples by name and sorted labels.</summary>
internal sealed class MetricsPage
{
    private static readonly string[] HistogramSuffixes = ["_bucket", "_sum", "_count"];

    public MetricsPage(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ');
            if (words is ["#", "TYPE", var name, var type])
                Types.Add(name, type);
            else if (words is ["#", "HELP", var helped, .. var help])
                Help.Add(helped, string.Join(' ', help));
            else
                AddSample(line);
        }
    }

    public Dictionary<string, string> Types { get; } = [];

    public Dictionary<string, string> Help { get; } = [];

    public Dictionary<string, double> Samples { get; } = [];

    public double this[string sample] => Samples[sample];

    /// <summary>The family that a sample belongs to.</summary>
    public string FamilyOf(string sample)
    {
        string name = sample.Split('{')[0];
        return Types.ContainsKey(name)
            ? name
            : HistogramSuffixes.Where(name.EndsWith).Select(suffix => name[..^suffix.Length]).Single(Types.ContainsKey);
    }

    private void AddSample(string line)
    {
        int space = line.LastIndexOf(' ');
        string name = line[..space];
        int open = name.IndexOf('{', StringComparison.Ordinal);
        IEnumerable<string> labels = name[(open + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        Samples.Add(
            $"{name[..open]}{{{string.Join(',', labels)}}}",
            double.Parse(line.AsSpan(space + 1), NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
