using System.CommandLine;
using ActorDns.Host.Audit;
using ActorDns.Host.Control;

namespace ActorDns.Host.Commands;

/// <summary>The options of commands that ask a running server over its control channel, and the asking.</summary>
internal sealed class AskedServer
{
    private readonly Option<string?> _server = new("-s", "--server")
    {
        HelpName = "address",
        Description = "Server to ask; as for 'control'",
    };

    private readonly Option<int?> _port = new("-p", "--port") { HelpName = "port", Description = "Its control port; as for 'control'" };

    private readonly Option<string?> _keyFile = new("-k", "--key-file")
    {
        HelpName = "file",
        Description = "Key of its control channel; as for 'control'",
    };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_port);
        command.Options.Add(_keyFile);
    }

    /// <summary>What the options say.</summary>
    public ControlTargetOptions Of(ParseResult parsed) =>
        new(parsed.GetValue(_server), parsed.GetValue(_port), parsed.GetValue(_keyFile), null, null);

    /// <summary>Asks, prints the answer or why there is none, and gives the exit code.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="line">What is sent.</param>
    /// <param name="seconds">How long the answer is waited for.</param>
    /// <param name="json">Makes the object that is printed instead; null prints text.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="AuditException">There is no key to ask with.</exception>
    public async Task<int> AskAsync(
        ParseResult parsed, string line, int seconds, Func<ControlReply, object>? json, CancellationToken ct)
    {
        if (ControlTarget.Find(Of(parsed), out string problem) is not { } target)
            throw new AuditException($"the server cannot be asked: {problem}; -k gives the key of its control channel");
        if (await ControlClientCommand.AskAsync(target, line, seconds, ct) is not { } reply)
            return ExitCode.Failure;
        if (json is not null)
            AuditOutput.Json(json(reply));
        else
            (reply.IsGood ? Console.Out : Console.Error).WriteLine(reply.Words);
        return reply.IsGood ? ExitCode.Success : ExitCode.Failure;
    }
}
