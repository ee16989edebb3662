using System.Collections.Immutable;
using ActorDns.Host.Control;
using ActorDns.Host.Control.Commands;
using ActorDns.Host.Keys;
using ActorDns.Protocol.Security;

namespace ActorDns.Host.Commands;

/// <summary>Reads keys from a file and sends them sealed.</summary>
internal static class KeyImport
{
    private const int MaxCharacters = 16 * 1024; // Sealed and in base64 it must fit into one request of the control channel.

    public static async Task<int> RunAsync(
        string file, string? replaces, IEnumerable<string> options, ControlTargetOptions where, int timeoutSeconds, CancellationToken ct)
    {
        string text;
        try
        {
            text = file == "-" ? await Console.In.ReadToEndAsync(ct) : await File.ReadAllTextAsync(file, ct);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return KeyCommand.Fail($"{file}: {failure.Message}");
        }

        if (!KeyText.TryReadFile(file, text, out ImmutableArray<TsigKey> keys, out string problem))
            return KeyCommand.Fail($"{file}: {problem}");
        foreach (TsigKey weak in keys.Where(key => key.Secret.IsShortFor(key.Algorithm)))
        {
            await Console.Error.WriteLineAsync(
                $"warning: the secret of '{weak.Name.ToLogString()}' is shorter than the digest of its algorithm");
        }

        string clauses = string.Concat(keys.Select(key => TsigText.FormatKeyClause(key)));
        if (clauses.Length > MaxCharacters)
            return KeyCommand.Fail($"{file}: {keys.Length} keys are too many for one import: split the file");
        if (ControlTarget.Find(where, out problem) is not { } target)
            return KeyCommand.Fail($"the server cannot be asked: {problem}; -k gives the key of its control channel");
        string line = string.Join(
            ' ',
            [
                "key", "import", .. options,
                .. replaces is null ? (string[])[] : ["--replaces", replaces],
                "--sealed", ControlSecrets.Seal(target.Key, KeyCommands.ImportPurpose, clauses),
            ]);
        if (await ControlClientCommand.AskAsync(target, line, timeoutSeconds, ct) is not { } reply)
            return ExitCode.Failure;
        if (!reply.IsGood)
            return KeyCommand.Fail(reply.Words);
        Console.Out.WriteLine(reply.Text);
        return ExitCode.Success;
    }
}
