using System.Globalization;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Notify;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Control.Commands;

/// <summary>The propagation barrier: a reply that comes when everybody serves a serial.</summary>
internal sealed class WaitCommands(ServerNode node)
{
    private const int DefaultSeconds = 30;
    private const int MostSeconds = 600;
    private static readonly TimeSpan LocalInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SecondaryInterval = TimeSpan.FromMilliseconds(250);

    public IEnumerable<ControlCommand> All =>
    [
        new(
            "wait",
            "[-secondaries] ZONE [CLASS [VIEW]] SERIAL [SECONDS]: answers when all nodes, and the secondaries, serve it or a later one",
            RunAsync)
        {
            IsHarmless = static _ => true,
        },
    ];

    private async Task<ControlReply> RunAsync(ControlArguments arguments)
    {
        List<string> words = [.. arguments.Plain];
        int seconds = DefaultSeconds;
        bool hasSeconds = words.Count > 2 && IsNumber(words[^1]) && IsNumber(words[^2]);
        if (hasSeconds && (!int.TryParse(words[^1], out seconds) || seconds is < 1 or > MostSeconds))
            return new ControlReply(ControlResult.Range, $"'{words[^1]}' seconds: 1 to {MostSeconds} can be waited for");
        if (hasSeconds)
            words.RemoveAt(words.Count - 1);
        if (words.Count < 2)
            return new ControlReply(ControlResult.UnexpectedEnd);
        if (!uint.TryParse(words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            return new ControlReply(ControlResult.BadNumber, $"'{words[^1]}' is no serial");
        if (ZoneArgument.Find(node, words[..^1], out ControlReply error) is not { } found)
            return error;
        if (node.FindRuntime(found.View.Name, found.Zone.Name) is not { } runtime)
            return new ControlReply(ControlResult.NotLoaded);

        using CancellationTokenSource late = new(TimeSpan.FromSeconds(seconds));
        Serial serial = new(number);
        List<string> missing = await WaitForNodesAsync(runtime, serial, late.Token);
        if (missing.Count == 0 && arguments.HasOption("-secondaries"))
            missing = await WaitForSecondariesAsync(runtime, serial, late.Token);
        string zone = $"{found.Text} {serial}";
        return missing.Count == 0
            ? ControlReply.Say($"zone '{found.Text}' is served with serial {serial} or a later one by all that were asked for")
            : new ControlReply(ControlResult.Failure, $"after {seconds} s {zone} is not served by: {string.Join("; ", missing)}");
    }

    private static bool IsNumber(string word) => word.Length > 0 && word.All(char.IsAsciiDigit);

    private async Task<List<string>> WaitForNodesAsync(ZoneRuntime runtime, Serial serial, CancellationToken late)
    {
        while (runtime.Published.Current is not { } current || serial.IsNewerThan(current.Serial))
        {
            if (late.IsCancellationRequested)
                return [$"this node, which has {runtime.Published.Current?.Serial.ToString() ?? "nothing"}"];
            await Task.Delay(LocalInterval, CancellationToken.None);
        }

        if (node.Cluster is not { } cluster || runtime.Journal is not { IsOpen: true } place)
            return [];
        ZoneHead head = new(place.ZoneId, place.ServedVersion, null);
        return [.. (await cluster.Actors.WaitAsync(head, late)).Select(static name => $"node {name}")];
    }

    private async Task<List<string>> WaitForSecondariesAsync(ZoneRuntime runtime, Serial serial, CancellationToken late)
    {
        SerialProbe probe = new(runtime.Published.Origin, TimeProvider.System);
        HashSet<NotifyTarget> served = [];
        Dictionary<NotifyTarget, string> missing = [];
        while (true)
        {
            NotifyTargets told = await node.NotifyTargetsAsync(runtime);
            (NotifyTarget Secondary, string? Missing)[] answers = await Task.WhenAll(
                told.Servers.Where(secondary => !served.Contains(secondary)).Select(AskAsync));
            missing.Clear();
            foreach ((NotifyTarget secondary, string? what) in answers)
            {
                if (what is null)
                    served.Add(secondary);
                else
                    missing[secondary] = what;
            }

            if ((missing.Count == 0 && told.Unresolved == 0) || late.IsCancellationRequested)
            {
                return
                [
                    .. missing.Select(static entry => $"{entry.Key} ({entry.Value})"),
                    .. told.Unresolved > 0 ? (string[])[$"{told.Unresolved} name servers whose addresses are not known"] : [],
                ];
            }

            await Task.Delay(SecondaryInterval, CancellationToken.None);
        }

        async Task<(NotifyTarget, string?)> AskAsync(NotifyTarget secondary)
        {
            try
            {
                (Serial? has, string reason) = await probe.AskAsync(secondary, late);
                return (secondary, has is null ? reason : serial.IsNewerThan(has.Value) ? $"has {has}" : null);
            }
            catch (OperationCanceledException)
            {
                return (secondary, "no answer");
            }
        }
    }
}
