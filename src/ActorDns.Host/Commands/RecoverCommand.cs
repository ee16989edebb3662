using System.CommandLine;
using ActorDns.Host.Audit;
using ActorDns.Host.Control;

namespace ActorDns.Host.Commands;

/// <summary><c>actordns cluster recover</c>: decides what counts after the store has lost changes of a zone.</summary>
internal static class RecoverCommand
{
    private const int TimeoutSeconds = 60;

    public static Command Create()
    {
        Argument<string> zone = new("zone") { Description = "Name of the zone" };
        Option<bool> acceptLoss = new("--accept-loss")
        {
            Description = "Take what the store has left, and lose what the nodes serve beyond it",
        };
        AskedServer asked = new();
        AuditOptions options = new();
        Command command = new("recover", """
            After a backup was restored under running nodes, or a standby was promoted that had not got everything, nodes serve more than
            the store knows: they serve on and take no updates for those zones. This ends it, zone by zone, under a serial above every one
            that was served, so that no serial comes back with other content.

              actordns cluster recover example.com                   the store gets what the asked node serves
              actordns cluster recover example.com --accept-loss     the nodes serve what the store has left
            """)
        { zone, acceptLoss, options.View, options.Json };
        asked.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                string name = AuditStore.ParseName(parsed.GetValue(zone)!).ToLogString();
                string view = parsed.GetValue(options.View) is { } chosen ? $" IN {chosen}" : "";
                string line = $"recover {(parsed.GetValue(acceptLoss) ? "-accept-loss " : "")}{name}{view}";
                Func<ControlReply, object>? json = parsed.GetValue(options.Json)
                    ? reply => new { Zone = name, Done = reply.IsGood, Text = reply.Words }
                    : null;
                return await asked.AskAsync(parsed, line, TimeoutSeconds, json, ct);
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
