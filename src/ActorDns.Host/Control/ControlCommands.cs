using System.Collections.Frozen;
using System.Text;
using ActorDns.Host.Control.Commands;
using ActorDns.Host.Wiring;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Control;

/// <summary>All commands of the control channel, and the one place that runs them: log line, rights, failures.</summary>
internal sealed class ControlCommands
{
    private readonly FrozenDictionary<string, ControlCommand> _byName;
    private readonly ILogger _log;

    /// <summary>The table of commands over a node.</summary>
    public ControlCommands(ServerNode node, ProcessControl? process, ILogger log)
    {
        _log = log;
        IEnumerable<ControlCommand> all =
        [
            .. new ServerCommands(node, process).All,
            .. new ZoneCommands(node).All,
            .. new SigningCommands(node).All,
            .. new ZoneSetCommands(node).All,
            .. new RollbackCommands(node).All,
            .. new WaitCommands(node).All,
            .. new RecoveryCommands(node).All,
            .. new ReportCommands(node).All,
            .. new KeyCommands(node).All,
            .. ResolverCommands.All(node),
        ];
        _byName = all.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);
    }

    /// <summary>The commands by name.</summary>
    public IEnumerable<ControlCommand> All => _byName.Values.OrderBy(command => command.Name, StringComparer.Ordinal);

    /// <summary>True when a command line changes nothing, or is none: it may come by a read-only channel.</summary>
    public bool IsHarmless(string line)
    {
        ControlArguments arguments = new(line);
        return !_byName.TryGetValue(arguments.Command, out ControlCommand? command) || command.IsHarmless(arguments);
    }

    /// <summary>Runs a command line. Whatever goes wrong is a reply.</summary>
    public async Task<ControlReply> RunAsync(string line, ControlCaller? caller = null)
    {
        ControlArguments arguments = new(line) { Caller = caller };
        if (arguments.Command.Length == 0)
            return new ControlReply(ControlResult.UnexpectedEnd);
        string shown = Printable(line);
        if (!_byName.TryGetValue(arguments.Command, out ControlCommand? command))
        {
            Log.Received(_log, shown);
            Log.Unknown(_log, Printable(arguments.Command));
            return new ControlReply(ControlResult.UnknownCommand);
        }

        if (command.Shown is { } describe)
            shown = Printable(describe(arguments));
        if (command.IsQuiet)
            Log.ReceivedQuiet(_log, shown);
        else
            Log.Received(_log, shown);
        try
        {
            return await command.RunAsync(arguments);
        }
        catch (Exception failure)
        {
            Log.Failed(_log, command.Name, failure);
            return new ControlReply(ControlResult.Failure, failure is IOException or UnauthorizedAccessException ? failure.Message : "");
        }
    }

    /// <summary>A line that cannot pretend to be several.</summary>
    internal static string Printable(string line)
    {
        StringBuilder text = new(line.Length);
        foreach (char c in line)
            text.Append(char.IsControl(c) ? ' ' : c);
        return text.ToString();
    }
}
