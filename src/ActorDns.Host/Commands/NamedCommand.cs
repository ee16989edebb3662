using System.CommandLine;
using System.Runtime.InteropServices;
using ActorDns.Host.Logging;
using ActorDns.Host.Wiring;

namespace ActorDns.Host.Commands;

/// <summary>Takes BIND's command line, so that init scripts and test rigs that were made for named work.</summary>
internal static class NamedCommand
{
    private const string DefaultFile = "/etc/bind/named.conf";
    private static readonly string[] WithoutMeaning = ["-D", "-m", "-M", "-S", "-t", "-T", "-U", "-X"];

    public static Command Create()
    {
        Option<string> file = new("-c") { HelpName = "file", Description = "Configuration file", DefaultValueFactory = _ => DefaultFile };
        Option<string?> settings = ServeCommand.NewSettingsOption();
        Option<bool> foreground = new("-f") { Description = "Stay in the foreground" };
        Option<bool> standardError = new("-g") { Description = "Stay in the foreground and log to standard error" };
        Option<string?> port = new("-p")
        {
            HelpName = "port",
            Description = "Port instead of the configured one; dns=PORT is understood too",
        };
        Option<int> debug = new("-d") { HelpName = "level", Description = "Debug level" };
        Option<string?> logFile = new("-L") { HelpName = "file", Description = "Log to this file what no channel is configured for" };
        Option<bool> ipv4 = new("-4") { Description = "IPv4 only" };
        Option<bool> ipv6 = new("-6") { Description = "IPv6 only" };
        Option<int?> threads = new("-n") { HelpName = "count", Description = "UDP threads; one per core unless given" };
        Option<string?> user = new("-u") { HelpName = "user", Description = "Run as this user and keep the right to bind low ports" };
        Option<bool> version = new("-v") { Description = "Print the version" };
        Option<bool> details = new("-V") { Description = "Print version and runtime" };
        Option<bool> defaults = new("-C") { Description = "Print the defaults as a configuration" };
        Command command = new("named", """
            Runs the server with BIND's flags. Without -f or -g it detaches, and the first process ends with 0 when the server answers.

              actordns named -g -c /etc/bind/named.conf
              actordns named -u bind
            """)
        { file, settings, foreground, standardError, port, debug, logFile, ipv4, ipv6, threads, user, version, details, defaults };
        Option<string?>[] ignored = [.. WithoutMeaning.Select(name => new Option<string?>(name)
        {
            HelpName = "value",
            Description = "Accepted from BIND's command line; means nothing here",
        })];
        foreach (Option<string?> option in ignored)
            command.Add(option);

        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(version) || parsed.GetValue(details))
                return PrintVersion(parsed.GetValue(details));
            if (parsed.GetValue(defaults))
            {
                Console.Out.Write(Defaults);
                return ExitCode.Success;
            }

            if (!TryReadPort(parsed.GetValue(port), out int? portNumber))
            {
                Console.Error.WriteLine($"-p {parsed.GetValue(port)}: not a port from 1 to 65535");
                return ExitCode.Usage;
            }

            bool isForeground = parsed.GetValue(foreground) || parsed.GetValue(standardError);
            if (!isForeground && !Detachment.IsDetached)
                return await Detachment.StartAsync();
            if (parsed.GetValue(user) is { } name && !UserSwitch.TryBecome(name, out string? problem))
            {
                Detachment.Report(problem);
                return ExitCode.Failure;
            }

            foreach (Option<string?> option in ignored)
            {
                if (parsed.GetResult(option) is { Implicit: false })
                    Console.Error.WriteLine($"option '{option.Name}' means nothing here and is ignored");
            }

            ServerRun run = new(
                new ServerNodeOptions
                {
                    ConfigurationFile = parsed.GetValue(file)!,
                    WorkingDirectory = Directory.GetCurrentDirectory(), // As BIND does.
                    SettingsFile = parsed.GetValue(settings),
                    PortOverride = portNumber,
                    IPv4Only = parsed.GetValue(ipv4),
                    IPv6Only = parsed.GetValue(ipv6),
                    Threads = parsed.GetValue(threads),
                    HasDefaultControlChannel = true,
                },
                new LogSettings
                {
                    IsStandardErrorOnly = parsed.GetValue(standardError),
                    LogFile = parsed.GetValue(logFile),
                    Ident = "named",
                    IsJournal = Journal.IsStandardError(Environment.GetEnvironmentVariable("JOURNAL_STREAM")),
                },
                parsed.GetValue(debug))
            {
                OnServing = _ => Detachment.Report(problem: null),
            };
            int code = await run.RunAsync();
            if (code != ExitCode.Success)
                Detachment.Report(parsed.GetValue(standardError) || run.Failure.Length == 0 ? "the server could not start" : run.Failure);
            return code;
        });
        return command;
    }

    private static string Defaults => """
        options {
        	listen-on port 53 { any; };
        	listen-on-v6 port 53 { any; };
        	allow-query { any; };
        	allow-transfer { none; };
        	allow-update { none; };
        	answer-cookie yes;
        	edns-udp-size 1232;
        	max-udp-size 1232;
        	minimal-any no;
        	minimal-responses no-auth-recursive;
        	recursion no;
        	tcp-clients 150;
        	transfer-message-size 65535;
        	transfers-out 10;
        	zero-no-soa-ttl yes;
        };

        """;

    private static int PrintVersion(bool withDetails)
    {
        Console.Out.WriteLine($"{ServingStateMapper.VersionText} (reads BIND 9.18 configuration)");
        if (withDetails)
        {
            Console.Out.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription}");
            Console.Out.WriteLine($"system: {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}");
            Console.Out.WriteLine($"default configuration: {DefaultFile}");
        }

        return ExitCode.Success;
    }

    private static bool TryReadPort(string? text, out int? port)
    {
        port = null;
        if (text is null)
            return true;
        string digits = text.StartsWith("dns=", StringComparison.Ordinal) ? text[4..] : text;
        if (!ushort.TryParse(digits, System.Globalization.NumberStyles.None, null, out ushort number) || number == 0)
            return false;
        port = number;
        return true;
    }
}
