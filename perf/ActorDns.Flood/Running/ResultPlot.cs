using System.Globalization;
using System.Net;
using System.Text;
using ActorDns.Flood.Scenarios;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Running;

/// <summary>Draws the first figure of each scenario as bars, with a line from the lowest to the highest round.</summary>
internal static class ResultPlot
{
    private const int Width = 760;
    private const int NameWidth = 90;
    private const int BarWidth = 520;
    private const int BarHeight = 14;
    private const int RowHeight = 20;
    private const int HeadHeight = 34;

    /// <summary>The plot as SVG.</summary>
    public static string Draw(RunResult result)
    {
        StringBuilder body = new();
        int y = 8;
        foreach (ScenarioResult scenario in result.Scenarios.Where(static scenario => scenario.Samples.Count > 0))
            y = Draw(body, scenario, y);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{y}" font-family="sans-serif" font-size="12">
            <rect width="{Width}" height="{y}" fill="white"/>
            {body}</svg>

            """);
    }

    private static int Draw(StringBuilder body, ScenarioResult scenario, int y)
    {
        Metric metric = scenario.Metrics[0];
        string[] servers = [.. scenario.Servers];
        double longest = servers.Max(server => scenario.Of(server, 0).Highest);
        double scale = longest > 0 ? BarWidth / longest : 0;
        string better = metric.IsLowerBetter ? "less is better" : "more is better";
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"4\" y=\"{y + 16}\" font-weight=\"bold\">{WebUtility.HtmlEncode(scenario.Title)}</text>\n");
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"4\" y=\"{y + 30}\" fill=\"#555\">{metric.Name}, {metric.Unit}; {better}</text>\n");
        y += HeadHeight;
        foreach (string server in servers)
        {
            Spread spread = scenario.Of(server, 0);
            string color = server == ServerKind.Ours ? "#1f6feb" : "#9aa4af";
            double middle = y + (BarHeight / 2.0);
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"4\" y=\"{y + 11}\">{server}</text>");
            double from = NameWidth + (spread.Lowest * scale);
            double to = NameWidth + (spread.Highest * scale);
            string median = spread.Median.ToString("F" + metric.Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{NameWidth}\" y=\"{y}\" width=\"{spread.Median * scale:F1}\" ");
            body.Append(CultureInfo.InvariantCulture, $"height=\"{BarHeight}\" fill=\"{color}\"/>");
            body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{from:F1}\" x2=\"{to:F1}\" ");
            body.Append(CultureInfo.InvariantCulture, $"y1=\"{middle:F1}\" y2=\"{middle:F1}\" stroke=\"#24292f\"/>");
            body.Append(CultureInfo.InvariantCulture, $"<text x=\"{to + 6:F1}\" y=\"{y + 11}\">{median}</text>\n");
            y += RowHeight;
        }

        return y + 8;
    }
}
