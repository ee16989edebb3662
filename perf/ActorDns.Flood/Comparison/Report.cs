using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ActorDns.Flood.Comparison;

/// <summary>Writes a comparison as Markdown for readers and JSON for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes both files, named after today, into <paramref name="directory"/>.</summary>
    public static void Write(string directory, Peer[] peers, List<Sample> samples, int rounds, int seconds)
    {
        Directory.CreateDirectory(directory);
        string stem = Path.Combine(
            directory, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture) + "-udp");
        string text = Markdown(peers, samples, rounds, seconds);
        File.WriteAllText(stem + ".md", text);
        File.WriteAllText(stem + ".json", JsonSerializer.Serialize(samples, Json) + "\n");
        Console.WriteLine(text);
    }

    private static string Markdown(Peer[] peers, List<Sample> samples, int rounds, int seconds)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# UDP, CPU per answer\n\n{rounds} rounds of {seconds} s per cell, servers in turn. ");
        text.Append("Server on core 0, client on core 1, loopback, 100,000 names a zone, one UDP worker each.\n");
        foreach (Workload workload in Workload.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {workload.Name}\n\n");
            text.Append("| server | CPU us/answer, median (min-max) | answers/s, median | octets/answer | lost | ours / theirs |\n");
            text.Append("|---|---|---|---|---|---|\n");
            Sample[] ours = Of("ActorDns");
            foreach (Peer peer in peers)
                AppendRow(text, peer.Name, Of(peer.Name), ours);

            Sample[] Of(string server) => [.. samples.Where(sample => sample.Server == server && sample.Workload == workload.Name)];
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string server, Sample[] rows, Sample[] ours)
    {
        double cpu = Median(rows, static row => row.CpuMicroseconds);
        double ratio = ours.Length == 0 ? double.NaN : Median(ours, static row => row.CpuMicroseconds) / cpu;
        text.Append(CultureInfo.InvariantCulture, $"| {server} | {cpu:F2} ({rows.Min(static row => row.CpuMicroseconds):F2}-");
        text.Append(CultureInfo.InvariantCulture, $"{rows.Max(static row => row.CpuMicroseconds):F2}) | ");
        text.Append(CultureInfo.InvariantCulture, $"{Median(rows, static row => row.AnswersPerSecond):F0} | ");
        text.Append(CultureInfo.InvariantCulture, $"{Median(rows, static row => row.MeanBytes):F1} | {rows.Sum(static row => row.Lost)} | {ratio:F2} |\n");
    }

    private static double Median(Sample[] rows, Func<Sample, double> value)
    {
        double[] sorted = [.. rows.Select(value).Order()];
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
