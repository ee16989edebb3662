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
            .. new ZoneSetCommands(node).All,
            .. new RollbackCommands(node).All,
            .. new ReportCommands(node).All,
            .. ResolverCommands.All(node),
        ];
        _byName = all.ToFrozenDictionary(command => command.Name, StringComparer.Ordinal);
    }

    /// <summary>The commands by name.</summary>
    public IEnumerable<ControlCommand> All => _byName.Values.OrderBy(command => command.Name, StringComparer.Ordinal);

    /// <summary>Runs a command line. Whatever goes wrong is a reply.</summary>
    public async Task<ControlReply> RunAsync(string line, bool isReadOnly, ControlCaller? caller = null)
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

        if (isReadOnly && !command.IsHarmless(arguments))
        {
            Log.Restricted(_log, shown);
            return new ControlReply(ControlResult.Failure);
        }

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
    private static string Printable(string line)
    {
        StringBuilder text = new(line.Length);
        foreach (char c in line)
            text.Append(char.IsControl(c) ? ' ' : c);
        return text.ToString();
    }
}
