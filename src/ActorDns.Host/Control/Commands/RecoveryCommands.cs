using ActorDns.Actors.Zones;
using ActorDns.Host.Wiring;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;

namespace ActorDns.Host.Control.Commands;

/// <summary>What counts after the store has lost changes, which BIND need not ask.</summary>
internal sealed class RecoveryCommands(ServerNode node)
{
    private const string AcceptLoss = "-accept-loss";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45); // Less than clients wait for a reply.

    public IEnumerable<ControlCommand> All =>
    [
        new(
            "recover",
            $"[{AcceptLoss}] ZONE [CLASS [VIEW]]: writes what this node serves to a store that lost it, or takes what is left",
            RunAsync),
    ];

    private async Task<ControlReply> RunAsync(ControlArguments arguments)
    {
        if (ZoneArgument.Find(node, arguments.Plain, out ControlReply error) is not { } found)
            return error;
        if (node.FindRuntime(found.View.Name, found.Zone.Name) is not { Journal: { } place } runtime)
            return new ControlReply(ControlResult.NotLoaded);
        Serial? elsewhere = node.Cluster is { } cluster ? await cluster.Actors.NewestSerialAsync(place.ZoneId) : null;
        AskResult<RecoverOutcome> asked = await runtime.Actor.TryAskAsync<RecoverOutcome>(
            done => new ZoneCommand.Recover(new RecoverRequest(
                arguments.HasOption(AcceptLoss), elsewhere, arguments.Caller?.KeyName, arguments.Caller?.Peer, done)),
            Deadline);
        if (!asked.TryGetReply(out RecoverOutcome? outcome))
            return new ControlReply(ControlResult.Failure, "the zone did not answer in time; the log tells what became of it");
        return outcome.Serial is { } serial
            ? ControlReply.Say($"zone '{found.Text}' is recovered under serial {serial}")
            : new ControlReply(ControlResult.Failure, outcome.Text);
    }
}
