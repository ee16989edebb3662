using System.CommandLine;
using ActorDns.Host.Audit;
using ActorDns.Host.Control;

namespace ActorDns.Host.Commands;

/// <summary>Waits until a serial of a zone is served everywhere: what a deployment asks before it goes on.</summary>
internal static class WaitCommand
{
    private const int DefaultSeconds = 30;

    /// <summary>The reply has its way to go, too.</summary>
    private const int MoreSeconds = 10;

    public static Command Create()
    {
        Argument<string> zone = new("zone") { Description = "Name of the zone" };
        Argument<uint> serial = new("serial") { Description = "The serial; a later one will do" };
        Option<bool> secondaries = new("--secondaries") { Description = "Ask the secondaries too that are told of the zone's changes" };
        Option<int> seconds = new("-t", "--timeout")
        {
            HelpName = "seconds", Description = "How long to wait at most", DefaultValueFactory = _ => DefaultSeconds,
        };
        AskedServer asked = new();
        AuditOptions options = new();
        Command command = new("wait", """
            Returns when every node of the cluster serves a zone with that serial or a later one, and with --secondaries when the servers
            that are told of its changes do. Exit code 0: they do; 1: somebody does not, and who is said.

              actordns wait example.com 2026112601
              actordns wait example.com 2026112601 --secondaries --timeout 120
            """)
        { zone, serial, secondaries, seconds, options.View, options.Json };
        asked.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                string name = AuditStore.ParseName(parsed.GetValue(zone)!).ToLogString();
                string view = parsed.GetValue(options.View) is { } chosen ? $" IN {chosen}" : "";
                string option = parsed.GetValue(secondaries) ? "-secondaries " : "";
                int wait = parsed.GetValue(seconds);
                string line = $"wait {option}{name}{view} {parsed.GetValue(serial)} {wait}";
                Func<ControlReply, object>? json = parsed.GetValue(options.Json)
                    ? reply => new { Zone = name, Serial = parsed.GetValue(serial), Done = reply.IsGood, Text = reply.Words }
                    : null;
                return await asked.AskAsync(parsed, line, wait + MoreSeconds, json, ct);
            }
            catch (AuditException failure)
            {
                Console.Error.WriteLine(failure.Message);
                return ExitCode.Failure;
            }
        });
        return command;
    }
}
