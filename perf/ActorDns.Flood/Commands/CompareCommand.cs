using System.CommandLine;
using ActorDns.Flood.Running;
using ActorDns.Flood.Scenarios;

namespace ActorDns.Flood.Commands;

/// <summary>The command behind <c>perf/run.sh</c>.</summary>
internal static class CompareCommand
{
    private const int DefaultNames = 100_000;
    private const int DefaultLargeNames = 666_667;
    private const int DefaultZones = 10_000;

    public static Command Create()
    {
        Argument<string[]> scenarios = new("scenario")
        {
            Description = "Scenarios by name, or 'udp-*' for all that begin so; all when none is given",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<bool> list = new("--list") { Description = "Show the scenarios and do nothing" };
        Option<string[]> servers = new("--server")
        {
            Description = "Only these beside ActorDns: BIND, NSD, Knot, PowerDNS, YADIFA",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> rounds = new("--rounds") { Description = "Measurements of each server", DefaultValueFactory = static _ => 5 };
        Option<int> seconds = new("--seconds") { Description = "Length of a measurement, where it has a length", DefaultValueFactory = static _ => 5 };
        Option<int> warm = new("--warm") { Description = "Seconds of load before the first one", DefaultValueFactory = static _ => 5 };
        Option<bool> unpinned = new("--unpinned") { Description = "Servers and clients share all cores; else servers have core 0" };
        Option<int> names = new("--names") { Description = "Names in the zones that are asked", DefaultValueFactory = static _ => DefaultNames };
        Option<int> large = new("--large-names") { Description = "Names in the large zone, 1.8 records each", DefaultValueFactory = static _ => DefaultLargeNames };
        Option<int> zones = new("--zones") { Description = "Number of small zones", DefaultValueFactory = static _ => DefaultZones };
        Option<string> folder = new("--folder") { Description = "Where servers have their files; on a disk", Required = true };
        Option<string> results = new("--results") { Description = "Where the dated files go", DefaultValueFactory = static _ => "perf/results" };
        Option<string> program = new("--program") { Description = "The published program", Required = true };
        Command command = new("compare", """
            Has every server do the same work in turn and writes what it measured: Markdown, JSON and a plot.

              perf/run.sh                                  everything; two hours and more
              perf/run.sh 'udp-*' --rounds 3               queries over UDP
              perf/run.sh updates-50x1 --server Knot       one scenario beside one other server
            """)
        {
            scenarios, list, servers, rounds, seconds, warm, unpinned, names, large, zones, folder, results, program,
        };
        command.SetAction(parsed => parsed.GetValue(list) ? List() : RunCommand.Run(new RunOptions
        {
            Folder = Path.GetFullPath(parsed.GetValue(folder)!),
            Results = parsed.GetValue(results)!,
            Published = Path.GetFullPath(parsed.GetValue(program)!),
            Scenarios = parsed.GetValue(scenarios) ?? [],
            Servers = parsed.GetValue(servers) ?? [],
            Rounds = parsed.GetValue(rounds),
            Seconds = parsed.GetValue(seconds),
            WarmSeconds = parsed.GetValue(warm),
            IsUnpinned = parsed.GetValue(unpinned),
            Sizes = new RunSizes(parsed.GetValue(names), parsed.GetValue(large), parsed.GetValue(zones)),
        }));
        return command;
    }

    private static int List()
    {
        foreach (Scenario scenario in ScenarioList.All(DefaultNames))
            Console.WriteLine($"{scenario.Id,-22} {scenario.Title}");
        return 0;
    }
}
