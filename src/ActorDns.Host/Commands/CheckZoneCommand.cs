using System.CommandLine;
using System.Text.Json;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Loading;
using Spectre.Console;

namespace ActorDns.Host.Commands;

/// <summary>Checks a zone file, with the lines and the exit code of named-checkzone.</summary>
internal static class CheckZoneCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        Argument<string> origin = new("origin") { Description = "Name of the zone" };
        Argument<string> file = new("file") { Description = "The zone file" };
        Option<bool> dump = new("-D") { Description = "Print the zone in canonical form" };
        Option<string?> output = new("-o")
        {
            HelpName = "file",
            Description = "Write the zone in canonical form to this file; - is standard output",
        };
        Option<string> style = new("-s") { Description = "Style of -D and -o: full or relative", DefaultValueFactory = _ => "full" };
        Option<string> integrity = new("-i")
        {
            Description = "What names point to: full, full-sibling, local, local-sibling or none; the network is never asked",
            DefaultValueFactory = _ => "full",
        };
        Option<string> names = new("-k")
        {
            Description = "Host names (check-names): fail, warn or ignore",
            DefaultValueFactory = _ => "warn",
        };
        Option<string?> directory = new("-w") { HelpName = "directory", Description = "Where relative names of included files start" };
        Option<bool> quiet = new("-q") { Description = "Say nothing; the exit code tells" };
        Option<bool> json = new("--json") { Description = "Print the result as JSON" };
        style.AcceptOnlyFromAmong("full", "relative");
        integrity.AcceptOnlyFromAmong("full", "full-sibling", "local", "local-sibling", "none");
        names.AcceptOnlyFromAmong("fail", "warn", "ignore");
        Command command = new("checkzone", """
            Reads a zone file as the server would and says what is wrong, file:line first.

              actordns checkzone example.com db.example.com            OK and exit code 0, or reasons and 1
              actordns checkzone -D example.com db.example.com         the zone as one record a line
            """)
        { origin, file, dump, output, style, integrity, names, directory, quiet, json };
        command.SetAction(parsed =>
        {
            if (!DomainName.TryParse(parsed.GetValue(origin)!, DomainName.Root, out DomainName name))
            {
                Console.Error.WriteLine($"'{parsed.GetValue(origin)}' is not a domain name");
                return ExitCode.Usage;
            }

            string mode = parsed.GetValue(integrity)!;
            ZoneCheckOptions checks = new()
            {
                Integrity = mode != "none",
                Sibling = mode is "full" or "local", // The names with -sibling are the ones without that check.
                Names = parsed.GetValue(names) switch
                {
                    "fail" => CheckLevel.Fail,
                    "ignore" => CheckLevel.Ignore,
                    _ => CheckLevel.Warn,
                },
            };
            string start = parsed.GetValue(directory) ?? Directory.GetCurrentDirectory();
            ZoneLoadResult result = Load(name, parsed.GetValue(file)!, start, checks, parsed.GetValue(quiet));
            Report(result, parsed.GetValue(quiet), parsed.GetValue(json));
            if (result.Snapshot is { } zone && (parsed.GetValue(dump) || parsed.GetValue(output) is not null))
            {
                ZoneFileStyle chosen = parsed.GetValue(style) == "relative" ? ZoneFileStyle.Relative : ZoneFileStyle.Full;
                string target = parsed.GetValue(output) ?? "-";
                using StreamWriter writer = target == "-"
                    ? new StreamWriter(Console.OpenStandardOutput())
                    : File.CreateText(target);
                ZoneFileWriter.Write(zone, writer, chosen);
            }

            return result.IsLoaded ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static ZoneLoadResult Load(DomainName name, string file, string start, ZoneCheckOptions checks, bool isQuiet)
    {
        FileMasterSource files = new(start);
        if (isQuiet || Console.IsErrorRedirected)
            return ZoneLoader.Load(name, file, files, checks);

        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return terminal.Progress().AutoClear(true).Start(bars =>
        {
            ProgressTask bar = bars.AddTask($"reading {file}", maxValue: 1);
            return ZoneLoader.Load(name, file, files, checks, progress =>
                bar.Value = progress.BytesTotal == 0 ? 1 : (double)progress.BytesRead / progress.BytesTotal);
        });
    }

    private static void Report(ZoneLoadResult result, bool isQuiet, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new
                {
                    good = result.IsLoaded,
                    serial = result.Serial?.Value,
                    records = result.RecordCount,
                    problems = result.Problems.Select(problem => new
                    {
                        error = problem.IsError,
                        file = problem.File,
                        line = problem.Line,
                        message = problem.Message,
                    }),
                },
                Indented));
            return;
        }

        if (isQuiet)
            return;
        foreach (MasterFileProblem problem in result.Problems)
            Console.Error.WriteLine(result.Line(problem));
        TextWriter where = result.IsLoaded ? Console.Out : Console.Error;
        where.WriteLine(result.Summary);
        if (result.IsLoaded)
            Console.Out.WriteLine("OK");
    }
}
