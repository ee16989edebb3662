using System.CommandLine;
using ActorDns.Host.Commands;

namespace ActorDns.Host.Audit;

/// <summary>Runs an audit command with the store open; the one place where its failures become a message and an exit code.</summary>
internal static class AuditAction
{
    public static void Set(Command command, AuditOptions options, Func<ParseResult, AuditStore, CancellationToken, Task> run)
    {
        command.Add(options.Settings);
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                await using AuditStore store = await AuditStore.OpenAsync(
                    parsed.GetValue(options.File)!, parsed.GetValue(options.Settings), ct);
                await run(parsed, store, ct);
                return ExitCode.Success;
            }
            catch (AuditException failure)
            {
                Console.Error.WriteLine(failure.Message);
                return ExitCode.Failure;
            }
        });
    }
}
