using System.CommandLine;
using System.Net;
using ActorDns.Host.Metrics;
using ActorDns.Host.Wiring;

namespace ActorDns.Host.Commands;

/// <summary>Asks a running server whether it is ready: a health check for containers, whose images have no curl.</summary>
internal static class HealthCommand
{
    private const string Everything = "all";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        Option<string?> url = new("--url")
        {
            HelpName = "url",
            Description = "Where the server's pages are; without it the first Http of actordns.json or of ACTORDNS__Http",
        };
        Option<string?> file = new("-c", "--config") { HelpName = "file", Description = "named.conf, beside which actordns.json is" };
        Option<string?> settings = ServeCommand.NewSettingsOption();
        Option<string> part = new("--part")
        {
            HelpName = "part",
            Description = "What it is to be ready for: serve, write or all",
            DefaultValueFactory = static _ => Everything,
        };
        part.AcceptOnlyFromAmong("serve", "write", Everything);
        Option<bool> json = new("--json") { Description = "Print the server's report" };
        Command command = new("health", """
            Asks a running server whether it is ready, and says what is not. Exits with 0 when it is, with 1 otherwise.

              actordns health -c /etc/actordns/named.conf
              actordns health --url http://127.0.0.1:9353 --part serve
            """)
        { url, file, settings, part, json };
        command.SetAction(async (parsed, ct) =>
        {
            string from = parsed.GetValue(settings) ?? NodeSettings.FileBeside(parsed.GetValue(file) ?? "named.conf");
            if (FindUrl(parsed.GetValue(url), from, out string problem) is not { } at)
            {
                await Console.Error.WriteLineAsync(problem);
                return ExitCode.Usage;
            }

            string path = parsed.GetValue(part) is Everything ? "/readyz" : $"/readyz/{parsed.GetValue(part)}";
            return await AskAsync(new Uri(at, path), parsed.GetValue(json), ct);
        });
        return command;
    }

    private static Uri? FindUrl(string? given, string settings, out string problem)
    {
        problem = "";
        if (given is not null)
        {
            if (Uri.TryCreate(given, UriKind.Absolute, out Uri? url) && url.Scheme is ("http" or "https"))
                return url;
            problem = $"--url {given}: no URL such as http://127.0.0.1:9353";
            return null;
        }

        try
        {
            if (NodeSettings.Read(settings).Telemetry.Http is [var first, ..])
                return new Uri($"http://{Reachable(first)}");
            problem = $"no Http in {settings}: give the server's address with --url";
        }
        catch (InvalidDataException failure)
        {
            problem = failure.InnerException?.Message ?? failure.Message;
        }

        return null;
    }

    /// <summary>A server that listens on all addresses is asked on the loopback one.</summary>
    private static IPEndPoint Reachable(IPEndPoint listening) =>
        listening.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, listening.Port)
        : listening.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, listening.Port)
        : listening;

    private static async Task<int> AskAsync(Uri url, bool asJson, CancellationToken ct)
    {
        using HttpClientHandler direct = new() { UseProxy = false };
        using HttpClient client = new(direct) { Timeout = Deadline };
        try
        {
            using HttpResponseMessage response = await client.GetAsync(url, ct);
            string body = await response.Content.ReadAsStringAsync(ct);
            if (HealthReport.TryRead(body) is not { } report)
            {
                await Console.Error.WriteLineAsync($"{url}: answers {(int)response.StatusCode}, which is no report about health");
                return ExitCode.Failure;
            }

            foreach (string line in asJson ? [body] : Lines(report))
                Console.Out.WriteLine(line);
            return report.Ready ? ExitCode.Success : ExitCode.Failure;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{url}: {(failure is TaskCanceledException ? "no answer" : failure.Message)}");
            return ExitCode.Failure;
        }
    }

    private static IEnumerable<string> Lines(HealthReport report)
    {
        foreach ((string part, HealthReport.PartReport state) in report.Parts)
        {
            if (state.Ready)
                yield return $"{part}: ready";
            foreach (NotReady missing in state.Missing)
                yield return $"{part}: not ready since {missing.Since:yyyy-MM-dd HH:mm:ss}Z: {missing.What}: {missing.Reason}";
        }

        yield return $"zones: {report.Zones.Served} served, {report.Zones.NotServed} not served";
        foreach (HealthReport.ZoneReport zone in report.Zones.First)
            yield return $"  {zone.Zone} (view {zone.View}): {zone.Reason}";
    }
}
