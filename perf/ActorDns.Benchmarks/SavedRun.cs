using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Reports;

namespace ActorDns.Benchmarks;

/// <summary>Saves a run as a dated pair of files: Markdown for readers, JSON for programs.</summary>
internal static class SavedRun
{
    private const int FootprintRecords = 1_000_000;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes both files into <paramref name="directory"/>; false when a benchmark has no result.</summary>
    public static bool Write(string directory, Summary[] summaries)
    {
        BenchmarkRow[] rows = [.. summaries.SelectMany(static summary => summary.Reports).Where(static report => report.Success).Select(Row)];
        bool isComplete = rows.Length > 0 && rows.Length == summaries.Sum(static summary => summary.BenchmarksCases.Length);
        if (rows.Length == 0)
            return false;
        LoadFootprint footprint = LoadFootprint.Measure(FootprintRecords);
        string text = Markdown(rows, footprint, Processor());
        string stem = Path.Combine(
            directory, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture) + "-benchmarks");
        Directory.CreateDirectory(directory);
        File.WriteAllText(stem + ".md", text);
        File.WriteAllText(stem + ".json", JsonSerializer.Serialize(new { rows, footprint }, Indented) + "\n");
        Console.WriteLine(text);
        return isComplete;
    }

    private static BenchmarkRow Row(BenchmarkReport report) => new(
        report.BenchmarkCase.Descriptor.Type.Name.Replace("Benchmarks", "", StringComparison.Ordinal),
        $"{report.BenchmarkCase.Descriptor.WorkloadMethod.Name} {report.BenchmarkCase.Parameters.DisplayInfo}".Trim(),
        report.ResultStatistics!.Mean,
        report.ResultStatistics.StandardDeviation,
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);

    private static string Markdown(BenchmarkRow[] rows, LoadFootprint footprint, string processor)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# Parts of the work, one by one\n\n{processor}, {Environment.ProcessorCount} cores, ");
        text.Append(CultureInfo.InvariantCulture, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}. ");
        text.Append("Times are those of one operation on one thread, mean and standard deviation of five short iterations.\n");
        foreach (IGrouping<string, BenchmarkRow> group in rows.GroupBy(static row => row.Group))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n| case | mean | deviation | allocated, octets |\n|---|---|---|---|\n");
            foreach (BenchmarkRow row in group)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {row.Name} | {Time(row.MeanNanoseconds)} | {Time(row.DeviationNanoseconds)} | {row.AllocatedBytes} |\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## Memory\n\nA loaded zone of {footprint.Records} mixed records takes ");
        text.Append(CultureInfo.InvariantCulture, $"{footprint.BytesPerRecord:F1} octets a record: {footprint.NativeBytes} outside the ");
        text.Append(CultureInfo.InvariantCulture, $"collector's heap and {footprint.ManagedBytes} inside.\n");
        return text.ToString();
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]
            : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:F1} ns"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:F1} us"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9:F3} s"),
    };
}
