using System.CommandLine;
using System.Text.Json;
using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Loading;

namespace ActorDns.Host.Commands;

/// <summary>Checks a configuration; its exit code is that of named-checkconf for the same file.</summary>
internal static class CheckConfCommand
{
    private const string DefaultFile = "/etc/bind/named.conf";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "The file to check", DefaultValueFactory = _ => DefaultFile };
        Option<bool> print = new("-p") { Description = "Print the configuration in canonical form, included files put in" };
        Option<bool> hide = new("-x") { Description = "With -p: show secrets as question marks" };
        Option<bool> zones = new("-z") { Description = "Load all primary zones too" };
        Option<bool> journal = new("-j") { Description = "Accepted as named-checkconf takes it; there are no journal files here" };
        Option<bool> json = new("--json") { Description = "Print findings as JSON" };
        Command command = new("checkconf", """
            Reads a named.conf with everything it includes and says what is wrong, file:line first. Nothing is changed.

              actordns checkconf /etc/bind/named.conf        exit code 0: good, 1: not
              actordns checkconf -px named.conf              what the server would read, without secrets
            """)
        { file, print, hide, zones, journal, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(file)!, parsed.GetValue(print), parsed.GetValue(hide), parsed.GetValue(zones), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string file, bool print, bool hide, bool zones, bool json)
    {
        if (hide && !print)
        {
            Console.Error.WriteLine("-x goes with -p");
            return ExitCode.Usage;
        }

        string path = Path.GetFullPath(file);
        LoadResult result = ConfigLoader.Load(path, new FileConfigSource(Path.GetDirectoryName(path) ?? "/"));
        bool isGood = result.PassesCheck;
        List<string> zoneLines = [];
        if (zones && isGood && result.Model is { } model)
            isGood &= LoadZones(model, zoneLines);

        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new
                {
                    good = isGood,
                    findings = result.Diagnostics.Select(found => new
                    {
                        severity = found.Severity.ToString(),
                        file = found.File,
                        line = found.Line,
                        message = found.Message,
                    }),
                    withoutEffect = result.Model is null
                        ? []
                        : SettingsWithoutEffect.In(result.Model)
                            .Select(entry => new { statement = entry.Statement, at = entry.Position.ToString(), reason = entry.Reason }),
                    zones = zoneLines,
                },
                Indented));
            return isGood ? ExitCode.Success : ExitCode.Failure;
        }

        foreach (ConfigDiagnostic found in result.Diagnostics)
            Console.Error.WriteLine(found);
        foreach (string line in zoneLines)
            Console.Out.WriteLine(line);
        if (isGood && !print && result.Model is not null)
        {
            foreach ((string statement, SourcePosition position, string reason) in
                SettingsWithoutEffect.In(result.Model).DistinctBy(entry => entry.Statement))
            {
                Console.Error.WriteLine($"{position}: '{statement}' has no effect: {reason}");
            }

            foreach ((string key, SourcePosition position) in OpenKeyFiles.In(result.Model))
                Console.Error.WriteLine($"{position}: key '{key}': everybody may read this file; 'chmod o-r' keeps the secret");
        }

        if (isGood && print)
            Console.Out.Write(result.Tree.Print(hide));
        return isGood ? ExitCode.Success : ExitCode.Failure;
    }

    private static bool LoadZones(NamedConfiguration model, List<string> lines)
    {
        bool isGood = true;
        FileMasterSource files = new(model.Options.Directory.Value);
        foreach (ViewConfiguration view in model.Views)
        {
            foreach (ZoneConfiguration zone in view.Zones)
            {
                if (zone.Kind != ZoneKind.Primary || zone.FilePath is null)
                    continue;
                ZoneLoadResult loaded = ZoneLoader.Load(zone.Name, zone.FilePath, files, ServingStateMapper.Checks(zone));
                foreach (MasterFileProblem problem in loaded.Problems)
                    lines.Add(loaded.Line(problem));
                lines.Add(loaded.Summary);
                isGood &= loaded.IsLoaded;
            }
        }

        return isGood;
    }
}
