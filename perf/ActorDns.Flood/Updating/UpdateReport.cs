using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorDns.Flood.Comparison;

namespace ActorDns.Flood.Updating;

/// <summary>Writes a comparison of updates as Markdown for readers and JSON for programs.</summary>
internal static class UpdateReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes both files, named after today, into <paramref name="directory"/>.</summary>
    public static void Write(string directory, bool isUnpinned, Peer[] peers, List<UpdateSample> samples, int rounds, int seconds)
    {
        Directory.CreateDirectory(directory);
        string stem = Path.Combine(
            directory, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture) + (isUnpinned ? "-updates-unpinned" : "-updates"));
        string text = Markdown(isUnpinned, peers, samples, rounds, seconds);
        File.WriteAllText(stem + ".md", text);
        File.WriteAllText(stem + ".json", JsonSerializer.Serialize(samples, Json) + "\n");
        Console.WriteLine(text);
    }

    private static string Markdown(bool isUnpinned, Peer[] peers, List<UpdateSample> samples, int rounds, int seconds)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# Durable signed updates\n\n{rounds} rounds of {seconds} s per cell, servers in turn. ");
        text.Append(isUnpinned ? $"Servers and clients share {Environment.ProcessorCount} cores" : "Server on core 0, clients on core 1");
        text.Append(", loopback, HMAC-SHA256; every server syncs its journal before it answers.\n");
        foreach (UpdateWorkload workload in UpdateWorkload.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {workload.Name}\n\n");
            text.Append("| server | updates/s, median (min-max) | CPU us/update, median | refused | lost | ours / theirs |\n|---|---|---|---|---|---|\n");
            UpdateSample[] ours = Of("ActorDns");
            foreach (Peer peer in peers)
                AppendRow(text, peer.Name, Of(peer.Name), ours);

            UpdateSample[] Of(string server) => [.. samples.Where(sample => sample.Server == server && sample.Workload == workload.Name)];
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, string server, UpdateSample[] rows, UpdateSample[] ours)
    {
        double rate = Median(rows, static row => row.UpdatesPerSecond);
        double ratio = Median(ours, static row => row.UpdatesPerSecond) / rate;
        text.Append(CultureInfo.InvariantCulture, $"| {server} | {rate:F0} ({rows.Min(static row => row.UpdatesPerSecond):F0}-");
        text.Append(CultureInfo.InvariantCulture, $"{rows.Max(static row => row.UpdatesPerSecond):F0}) | ");
        text.Append(CultureInfo.InvariantCulture, $"{Median(rows, static row => row.CpuMicroseconds):F1} | ");
        text.Append(CultureInfo.InvariantCulture, $"{rows.Sum(static row => row.Refused)} | {rows.Sum(static row => row.Lost)} | {ratio:F2} |\n");
    }

    private static double Median(UpdateSample[] rows, Func<UpdateSample, double> value)
    {
        double[] sorted = [.. rows.Select(value).Order()];
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
