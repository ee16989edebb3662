using System.Collections.Immutable;
using System.CommandLine;
using ActorDns.Host.Control;
using ActorDns.Host.Control.Commands;
using ActorDns.Host.Keys;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Commands;

/// <summary>Writes a key for a server or client that is not in the cluster.</summary>
internal static class KeyExportCommand
{
    private const int TimeoutSeconds = 60;

    public static Command Create()
    {
        KeyOptionSet set = new();
        Option<string> format = new("--format")
        {
            HelpName = "format",
            Description = $"{string.Join(", ", KeyFormat.Names)}: whose configuration it is for",
            DefaultValueFactory = _ => KeyFormat.Names[0],
        };
        format.AcceptOnlyFromAmong(KeyFormat.Names);
        Option<string?> peer = new("--peer")
        {
            HelpName = "address",
            Description = "The server it is for, which 'key list --json' remembers",
        };
        Option<string?> output = new("-o", "--out")
        {
            HelpName = "file",
            Description = "Write to this new file, readable by its owner only",
        };
        Command command = new("export", """
            Writes a key with its secret, for who is to use it: the newest generation unless another is named. A comment says which
            state it is in.

              actordns key export certbot --out certbot.key          for certbot, lego, nsupdate -k, dig -k
              actordns key export xfr --format knot --peer 192.0.2.7 the block for a Knot server
              actordns key export xfr --format nsupdate | nsupdate   a line of nsupdate's input
            """)
        { set.Name, set.Generation, format, peer, output };
        set.Asked.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            string line = set.Line("export", parsed) + (parsed.GetValue(peer) is { } address ? $" --peer {address}" : "");
            return await RunAsync(set.Asked.Of(parsed), line, parsed.GetValue(format)!, parsed.GetValue(output), ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ControlTargetOptions where, string line, string format, string? output, CancellationToken ct)
    {
        if (ControlTarget.Find(where, out string problem) is not { } target)
            return KeyCommand.Fail($"the server cannot be asked: {problem}; -k gives the key of its control channel");
        if (await ControlClientCommand.AskAsync(target, line, TimeoutSeconds, ct) is not { } reply)
            return ExitCode.Failure;
        if (!reply.IsGood)
            return KeyCommand.Fail(reply.Words);
        if (ControlSecrets.Open(target.Key, KeyCommands.ExportPurpose, reply.Text) is not { } text
            || text.Split('\n', 2) is not [var state, var clause]
            || !KeyText.TryRead(clause, out ImmutableArray<TsigKey> keys, out _))
        {
            return KeyCommand.Fail("the server's answer cannot be opened");
        }

        // Behind the key: some programs take what a file begins with for a sign of what it is.
        string made = $"{KeyFormat.Of(format, keys[0])}{KeyFormat.Comment(format)}{state}\n";
        if (output is null)
        {
            await Console.Out.WriteAsync(made);
            return ExitCode.Success;
        }

        return Write(output, made, state);
    }

    private static int Write(string output, string text, string state)
    {
        try
        {
            FileStreamOptions create = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using StreamWriter file = new(output, System.Text.Encoding.ASCII, create);
            file.Write(text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return KeyCommand.Fail($"{output}: {failure.Message}");
        }

        Console.Error.WriteLine($"wrote {output}: {state}");
        return ExitCode.Success;
    }
}
