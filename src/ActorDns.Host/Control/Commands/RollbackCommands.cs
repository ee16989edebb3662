using System.Globalization;
using ActorDns.Actors.Zones;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;

namespace ActorDns.Host.Control.Commands;

/// <summary>The way back to an earlier serial, which BIND does not have.</summary>
internal sealed class RollbackCommands(ServerNode node)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(50); // Less than clients wait for a reply.

    public IEnumerable<ControlCommand> All =>
    [
        new("rollback", "ZONE [CLASS [VIEW]] SERIAL: goes back to the content of an earlier serial, under a new one", RunAsync),
    ];

    private async Task<ControlReply> RunAsync(ControlArguments arguments)
    {
        IReadOnlyList<string> words = arguments.Plain;
        if (words.Count < 2)
            return new ControlReply(ControlResult.UnexpectedEnd);
        string last = words[^1];
        if (!uint.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out uint serial))
            return new ControlReply(ControlResult.BadNumber, $"'{last}' is no serial");
        if (ZoneArgument.Find(node, [.. words.SkipLast(1)], out ControlReply error) is not { } found)
            return error;
        if (found.Zone.Kind != ZoneKind.Primary)
            return new ControlReply(ControlResult.NotPrimary, "a secondary has what its primary has: roll back there");
        if (node.FindRuntime(found.View.Name, found.Zone.Name) is not { } runtime)
            return new ControlReply(ControlResult.NotLoaded);
        AskResult<RollbackOutcome> asked = await runtime.Actor.TryAskAsync<RollbackOutcome>(
            done => new ZoneCommand.Rollback(
                new RollbackRequest(new Serial(serial), arguments.Caller?.KeyName, arguments.Caller?.Peer, done)),
            Deadline);
        if (!asked.TryGetReply(out RollbackOutcome? outcome))
            return new ControlReply(ControlResult.Failure, "the zone did not answer in time; 'actordns history' shows what became of it");
        if (outcome.Serial is not { } now)
            return new ControlReply(ControlResult.Failure, outcome.Text);
        string done = $"zone '{found.Text}' has the content of serial {serial} again, as serial {now}";
        return ControlReply.Say(outcome.Text.Length == 0 ? done : $"{done}\nwarning: {outcome.Text}");
    }
}
