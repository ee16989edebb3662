using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorDns.Flood.Running;

/// <summary>Saves a run: Markdown to read, JSON with every measurement, a plot.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes the files, named after the start of the run, and prints the table of targets.</summary>
    public static void Write(RunResult result)
    {
        Directory.CreateDirectory(result.Options.Results);
        string name = result.Started.ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture) + (result.Options.IsUnpinned ? "-unpinned" : "");
        string stem = Path.Combine(result.Options.Results, name);
        File.WriteAllText(stem + ".svg", ResultPlot.Draw(result));
        File.WriteAllText(stem + ".md", ResultText.Write(result, name));
        File.WriteAllText(stem + ".json", JsonSerializer.Serialize(Saved(result), Json) + "\n");
        Console.WriteLine(ResultText.Targets(result));
        Console.WriteLine($"{stem}.md, .json, .svg");
    }

    private static object Saved(RunResult result) => new
    {
        result.Started,
        result.Machine,
        result.Versions,
        result.Options.Rounds,
        result.Options.Seconds,
        result.Options.WarmSeconds,
        result.Options.IsUnpinned,
        result.Options.Sizes,
        result.Scenarios,
        result.Configurations,
    };
}
