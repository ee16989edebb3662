using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ActorDns.Configuration.Model;
using ActorDns.Host.Wiring;

namespace ActorDns.Host.Control.Commands;

/// <summary>What <c>rndc status</c> prints, in BIND's layout. Resolver figures are 0 because there is no resolver.</summary>
internal static class StatusText
{
    public static async Task<string> MakeAsync(ServerNode node, int debugLevel)
    {
        NamedConfiguration configuration = node.Configuration!;
        (int running, int waiting) = await node.CountTransfersInAsync();
        int transfersOut = await node.CountTransfersOutAsync();
        (int connections, int highWater) = node.StreamConnections;
        StringBuilder text = new();
        string shown = configuration.Options.Version.Value is { Source: IdentitySource.Text } version ? $" ({version.Text})" : "";
        Line(text, $"version: {ServingStateMapper.VersionText} <id:>{shown}");
        Line(text, $"running on {Environment.MachineName}: {SystemText()}");
        Line(text, $"boot time: {Date(node.Started)}");
        Line(text, $"last configured: {Date(node.Configured)}");
        Line(text, $"configuration file: {node.ConfigurationPath}");
        Line(text, $"CPUs found: {Environment.ProcessorCount}");
        Line(text, $"worker threads: {node.UdpThreads}");
        Line(text, $"UDP listeners per interface: {node.UdpThreads}");
        Line(text, $"number of zones: {node.ZoneCount} (0 automatic)");
        Line(text, $"debug level: {debugLevel}");
        Line(text, $"xfers running: {running}");
        Line(text, $"xfers deferred: {waiting}");
        Line(text, $"xfers out running: {transfersOut}/{configuration.Options.TransfersOut.Value}");
        Line(text, $"soa queries in progress: {node.SoaQueries}");
        Line(text, $"query logging is {(node.LogsQueries ? "ON" : "OFF")}");
        Line(text, $"recursive clients: 0/0/0");
        Line(text, $"tcp clients: {connections}/{configuration.Options.TcpClients.Value}");
        Line(text, $"TCP high-water: {highWater}");
        if (node.IsChanging)
            Line(text, $"reload/reconfig in progress");
        else if (node.HasReloadFailed)
            Line(text, $"reload/reconfig failed");
        text.Append("server is up and running");
        return text.ToString();
    }

    /// <summary>A time as HTTP writes it.</summary>
    public static string Date(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string SystemText()
    {
        string machine = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x86_64",
            Architecture.Arm64 => "aarch64",
            var other => other.ToString().ToLowerInvariant(),
        };
        return $"Linux {machine} {Kernel("osrelease")} {Kernel("version")}";
    }

    private static string Kernel(string name)
    {
        string path = $"/proc/sys/kernel/{name}";
        return File.Exists(path) ? File.ReadAllText(path).Trim() : Environment.OSVersion.VersionString;
    }
}
