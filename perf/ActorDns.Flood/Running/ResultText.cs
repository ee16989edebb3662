using System.Globalization;
using System.Text;
using ActorDns.Flood.Scenarios;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Running;

/// <summary>A run as Markdown: the targets first, then every scenario, then how the servers were configured.</summary>
internal static class ResultText
{
    /// <summary>The whole text; <paramref name="name"/> is that of the plot beside it.</summary>
    public static string Write(RunResult result, string name)
    {
        StringBuilder text = new();
        RunOptions options = result.Options;
        text.Append(CultureInfo.InvariantCulture, $"# Side by side, {result.Started:yyyy-MM-dd HH:mm} UTC\n\n");
        text.Append(options.IsUnpinned
            ? $"Servers and clients share {options.Cores} cores. "
            : "Servers on core 0, clients on the others; one worker of each kind for a server. ");
        text.Append(CultureInfo.InvariantCulture, $"{options.Rounds} rounds, servers in turn; where time is given, {options.Seconds} s a round after ");
        text.Append(CultureInfo.InvariantCulture, $"{options.WarmSeconds} s to warm up. Figures are medians (lowest-highest) of the rounds.\n\n");
        Machine machine = result.Machine;
        text.Append(CultureInfo.InvariantCulture, $"{machine.Cores} cores of {machine.Processor}, {machine.MemoryGibibytes} GiB, {machine.System}, ");
        text.Append(CultureInfo.InvariantCulture, $"Linux {machine.Kernel}, {machine.Runtime}. {options.Sizes.Names} names in the zones that are asked, ");
        text.Append(CultureInfo.InvariantCulture, $"{options.Sizes.LargeNames} in the large one (1.8 records each), {options.Sizes.Zones} small zones.\n\n");
        text.Append("| server | version |\n|---|---|\n");
        foreach ((string server, string version) in result.Versions)
            text.Append(CultureInfo.InvariantCulture, $"| {server} | {version} |\n");
        text.Append("\n## Targets\n\n").Append(Targets(result));
        text.Append(CultureInfo.InvariantCulture, $"\n![medians of each scenario]({name}.svg)\n");
        foreach (ScenarioResult scenario in result.Scenarios)
            Append(text, scenario);
        text.Append("\n## Configurations\n\nThe key in them was made for measuring.\n");
        foreach ((string file, string content) in result.Configurations)
            text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{file}</summary>\n\n```\n{content}```\n\n</details>\n");
        return text.ToString();
    }

    /// <summary>The figures that something is asked of, as a table.</summary>
    public static string Targets(RunResult result)
    {
        StringBuilder text = new();
        text.Append("| scenario | figure | ours | best of the others | ours / best | to be | |\n|---|---|---|---|---|---|---|\n");
        foreach (ScenarioResult scenario in result.Scenarios)
        {
            for (int at = 0; at < scenario.Metrics.Count; at++)
            {
                Metric metric = scenario.Metrics[at];
                if (metric.Target is not { } target || scenario.BestPeer(at) is not { } best)
                    continue;
                double ours = scenario.Of(ServerKind.Ours, at).Median;
                double theirs = scenario.Of(best, at).Median;
                text.Append(CultureInfo.InvariantCulture, $"| {scenario.Id} | {metric.Name} | {Figure(metric, ours)} | {Figure(metric, theirs)} ({best}) | ");
                text.Append(CultureInfo.InvariantCulture, $"{ours / theirs:F2} | {(metric.IsLowerBetter ? "<=" : ">=")} {target:0.##} | ");
                text.Append(CultureInfo.InvariantCulture, $"{(metric.IsMet(ours / theirs) ? "reached" : "missed")} |\n");
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ScenarioResult scenario)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {scenario.Title}\n\n`{scenario.Id}`. {scenario.Method}\n\n| server |");
        foreach (Metric metric in scenario.Metrics)
            text.Append(CultureInfo.InvariantCulture, $" {metric.Name}{(metric.Unit.Length > 0 ? $", {metric.Unit}" : "")} |");
        text.Append(" ours / theirs |\n|---|");
        text.Insert(text.Length, "---|", scenario.Metrics.Count + 1);
        text.Append('\n');
        double ours = scenario.Of(ServerKind.Ours, 0).Median;
        foreach (string server in scenario.Servers)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {server} |");
            for (int at = 0; at < scenario.Metrics.Count; at++)
            {
                Spread spread = scenario.Of(server, at);
                Metric metric = scenario.Metrics[at];
                text.Append(CultureInfo.InvariantCulture, $" {Number(metric, spread.Median)} ({Number(metric, spread.Lowest)}-{Number(metric, spread.Highest)}) |");
            }

            text.Append(CultureInfo.InvariantCulture, $" {ours / scenario.Of(server, 0).Median:F2} |\n");
        }

        foreach ((string server, string why) in scenario.Failures)
            text.Append(CultureInfo.InvariantCulture, $"\n{server} is left out: {why}\n");
    }

    private static string Figure(Metric metric, double value) => $"{Number(metric, value)} {metric.Unit}".TrimEnd();

    private static string Number(Metric metric, double value) =>
        value.ToString("F" + metric.Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
