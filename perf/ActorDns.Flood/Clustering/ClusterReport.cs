using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ActorDns.Flood.Clustering;

/// <summary>Writes the measurement of a cluster as Markdown for readers and JSON for programs.</summary>
internal static class ClusterReport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Writes both files, named after today, into <paramref name="directory"/>.</summary>
    public static void Write(string directory, double[] visibleMilliseconds, List<ClusterSample> samples, int rounds, int seconds)
    {
        Directory.CreateDirectory(directory);
        string stem = Path.Combine(
            directory, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture) + "-cluster");
        Array.Sort(visibleMilliseconds);
        string text = Markdown(visibleMilliseconds, samples, rounds, seconds);
        File.WriteAllText(stem + ".md", text);
        File.WriteAllText(stem + ".json", JsonSerializer.Serialize(new { visibleMilliseconds, samples }, Json) + "\n");
        Console.WriteLine(text);
    }

    private static string Markdown(double[] sorted, List<ClusterSample> samples, int rounds, int seconds)
    {
        StringBuilder text = new();
        text.Append("# Three nodes on one PostgreSQL\n\nNodes, database and clients share this machine's cores. HMAC-SHA256, 1 record a message, UDP, ");
        text.Append("16 clients a node; PostgreSQL as `actordns cluster up` starts it, with fsync.\n\n## From acknowledged to visible on both other nodes\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{sorted.Length} updates, one at a time, acknowledged when committed (`local`).\n\n");
        text.Append("| p50 | p90 | p99 | largest |\n|---|---|---|---|\n");
        text.Append(CultureInfo.InvariantCulture, $"| {At(0.5):F2} ms | {At(0.9):F2} ms | {At(0.99):F2} ms | {sorted[^1]:F2} ms |\n");
        text.Append(CultureInfo.InvariantCulture, $"\n## Updates per second\n\n{rounds} rounds of {seconds} s, median (min-max).\n\n");
        text.Append("| load | acknowledged when | updates/s | refused | lost |\n|---|---|---|---|---|\n");
        foreach (IGrouping<(string Load, string Propagation), ClusterSample> rows in samples.GroupBy(sample => (sample.Load, sample.Propagation)))
        {
            double[] rates = [.. rows.Select(row => row.UpdatesPerSecond).Order()];
            text.Append(CultureInfo.InvariantCulture, $"| {rows.Key.Load} | {rows.Key.Propagation} | {rates[rates.Length / 2]:F0} ({rates[0]:F0}-{rates[^1]:F0}) | ");
            text.Append(CultureInfo.InvariantCulture, $"{rows.Sum(row => row.Refused)} | {rows.Sum(row => row.Lost)} |\n");
        }

        return text.ToString();

        double At(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
