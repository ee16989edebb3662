using System.CommandLine;
using ActorDns.Configuration.Model;
using ActorDns.Host.Logging;
using ActorDns.Host.Wiring;
using Spectre.Console;

namespace ActorDns.Host.Commands;

/// <summary>Serves in the foreground and shows what: the command for the first five minutes.</summary>
internal static class ServeCommand
{
    private const string DefaultConfiguration = "cluster-config/single/named.conf";

    public static Command Create()
    {
        Option<string?> file = new("-c", "--config")
        {
            HelpName = "file",
            Description = "named.conf to serve; without it, the lab of cluster-config/single",
        };
        Option<string?> settings = NewSettingsOption();
        Option<int?> port = new("-p", "--port") { HelpName = "port", Description = "Port instead of the configured one" };
        Option<int?> threads = new("-n", "--threads") { HelpName = "count", Description = "UDP threads; one per core unless given" };
        Option<int?> controlPort = new("--control-port")
        {
            HelpName = "port",
            Description = "Take rndc's commands on this port instead of the configured one",
        };
        Command command = new("serve", """
            Serves a named.conf in the foreground, prints what it serves and dig lines to try. Ctrl-C stops it, HUP reloads.

              actordns serve                                         the lab, 127.0.0.1 and ::1, port 5300
              actordns serve -c /etc/bind/named.conf --port 5353 --control-port 9953     beside BIND, same files and key
            """)
        { file, settings, port, threads, controlPort };
        command.SetAction(async (parsed, _) =>
        {
            string? chosen = parsed.GetValue(file) ?? Ancestry.Find(DefaultConfiguration);
            if (chosen is null)
            {
                Console.Error.WriteLine(
                    $"no {DefaultConfiguration} in this directory or above it; give a configuration with -c /path/to/named.conf");
                return ExitCode.Usage;
            }

            ServerRun run = new(
                new ServerNodeOptions
                {
                    ConfigurationFile = chosen,
                    SettingsFile = parsed.GetValue(settings),
                    PortOverride = parsed.GetValue(port),
                    Threads = parsed.GetValue(threads),
                    ControlPortOverride = parsed.GetValue(controlPort),
                },
                new LogSettings { PrefersStandardError = true },
                debugLevel: 0)
            {
                OnServing = Show,
            };
            return await run.RunAsync();
        });
        return command;
    }

    /// <summary>The option that names the node's own settings.</summary>
    public static Option<string?> NewSettingsOption() => new("--settings")
    {
        HelpName = "file",
        Description = $"The node's own settings: name, addresses, database; {NodeSettings.FileName} beside named.conf unless given",
    };

    private static void Show(ServerNode node)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        Table table = new Table().AddColumns("zone", "type", "serial", "records", "file");
        foreach (ZoneStatus zone in node.Zones)
        {
            table.AddRow(
                Markup.Escape(zone.Name),
                zone.Type,
                zone.Serial?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not served",
                zone.Records.ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
                Markup.Escape(zone.Error ?? zone.File ?? ""));
        }

        if (Console.IsOutputRedirected)
        {
            foreach (ZoneStatus zone in node.Zones)
            {
                Console.Out.WriteLine(
                    $"zone {zone.Name} {zone.Type} serial {zone.Serial} records {zone.Records} {zone.Error ?? zone.File}");
            }
        }
        else
        {
            console.Write(table);
        }

        Console.Out.WriteLine($"listening on {string.Join(", ", node.Listening)}");
        if (node.HttpAddresses.Count > 0)
            Console.Out.WriteLine($"health and metrics at {string.Join(", ", node.HttpAddresses)}");
        foreach (string line in Suggestions(node))
            Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    private static IEnumerable<string> Suggestions(ServerNode node)
    {
        if (node.Listening.Count == 0 || node.Zones.FirstOrDefault(zone => zone.IsLoaded) is not { } shown)
            yield break;
        string at = $"dig @{node.Listening[0].Address} -p {node.Listening[0].Port}";
        yield return "try:";
        yield return $"  {at} {shown.Name} SOA";
        yield return $"  {at} {shown.Name} NS +norec +dnssec";
        foreach (ViewConfiguration view in node.Configuration!.Views)
        {
            foreach (ZoneConfiguration zone in view.Zones)
            {
                AddressMatchElement.Key? allowed = zone.Settings.AllowTransfer.Value.Clients.Elements
                    .OfType<AddressMatchElement.Key>().FirstOrDefault(key => !key.IsNegated);
                KeyDefinition? key = node.Configuration.Keys.FirstOrDefault(known => known.Name == allowed?.Name);
                if (key is null)
                    continue;
                yield return $"  {at} {zone.Name.ToLogString()} AXFR -k {key.Position.File}";
                yield break;
            }
        }
    }
}
