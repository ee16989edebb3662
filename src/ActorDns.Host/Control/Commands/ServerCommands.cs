using System.Globalization;
using ActorDns.Actors.Maintenance;
using ActorDns.Host.Wiring;

namespace ActorDns.Host.Control.Commands;

/// <summary>Commands about the server as a whole.</summary>
internal sealed class ServerCommands(ServerNode node, ProcessControl? process)
{
    private const int MaxDebugLevel = 99;
    private const int LongestTestText = 1 << 16;
    private const string TestAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int DefaultTestChars = 26;
    private static readonly string[] On = ["on", "yes", "enable", "true"];
    private static readonly string[] Off = ["off", "no", "disable", "false"];

    public IEnumerable<ControlCommand> All =>
    [
        new("status", "the server's state", StatusAsync) { IsHarmless = _ => true, IsQuiet = true },
        new("null", "nothing; tests the channel", _ => Task.FromResult(ControlReply.Done)) { IsHarmless = _ => true, IsQuiet = true },
        new("testgen", "[N]: N characters; tests the channel", arguments => Task.FromResult(TestText(arguments)))
        {
            IsHarmless = _ => true,
        },
        new("reload", "[ZONE [CLASS [VIEW]]]: reads configuration and zones again, or one zone", ReloadAsync),
        new("reconfig", "reads the configuration again and loads new zones only", ReconfigAsync),
        new("stop", "[-p]: finishes what is in flight, writes changed zones to their files, ends the server; -p prints its number",
            arguments => Task.FromResult(Stop(arguments, isHalt: false))),
        new("halt", "[-p]: ends the server at once", arguments => Task.FromResult(Stop(arguments, isHalt: true))),
        new("querylog", "[on|off]: logs every query, or no longer; changes over without an argument", QueryLogAsync),
        new("trace", "[LEVEL]: debug level, one more without an argument", arguments => Task.FromResult(Trace(arguments))),
        new("notrace", "debug level 0", _ => Task.FromResult(SetDebugLevel(0))),
        new("scan", "looks for new and gone addresses of interfaces", ScanAsync),
        new("tcp-timeouts", "[INITIAL IDLE KEEPALIVE ADVERTISED]: time-outs of TCP, in units of 100 ms", TimeoutsAsync),
    ];

    private async Task<ControlReply> StatusAsync(ControlArguments arguments) =>
        ControlReply.Say(await StatusText.MakeAsync(node, process?.DebugLevel() ?? 0));

    private static ControlReply TestText(ControlArguments arguments)
    {
        int count = DefaultTestChars;
        if (arguments.Words is [var word, ..] && !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out count))
            count = 0;
        return count > LongestTestText
            ? new ControlReply(ControlResult.Range)
            : ControlReply.Say(string.Create(count, 0, static (text, _) =>
            {
                for (int i = 0; i < text.Length; i++)
                    text[i] = TestAlphabet[i % TestAlphabet.Length];
            }));
    }

    private async Task<ControlReply> ReloadAsync(ControlArguments arguments)
    {
        if (arguments.Words.Count > 0)
            return await ReloadZoneAsync(arguments);
        return await node.ReloadAsync() ? ControlReply.Say("server reload successful") : Refused();
    }

    private async Task<ControlReply> ReconfigAsync(ControlArguments arguments) =>
        await node.ReconfigAsync() ? ControlReply.Done : Refused();

    /// <summary>A configuration that cannot be used: what is wrong, where BIND leaves it to the log.</summary>
    private ControlReply Refused() => new(
        ControlResult.Failure, node.Diagnostics.FirstOrDefault(found => found.FailsLoad)?.ToString() ?? "");

    private async Task<ControlReply> ReloadZoneAsync(ControlArguments arguments)
    {
        if (ZoneArgument.Find(node, arguments.Words, out ControlReply error) is not { } found)
            return error;
        if (node.FindRuntime(found.View.Name, found.Zone.Name)?.Refresher is { } refresher)
        {
            return refresher.Tell(new RefreshCommand.Refresh())
                ? ControlReply.Say("zone refresh queued")
                : new ControlReply(ControlResult.Failure);
        }

        if (found.Zone.Kind is not Configuration.Syntax.ZoneKind.Primary)
            return new ControlReply(ControlResult.NotImplemented);
        if (found.IsDynamic)
            return new ControlReply(ControlResult.DynamicZone);
        ZoneEdit change = await node.ReloadZoneAsync(found.View.Name, found.Zone.Name);
        return change.Outcome switch
        {
            ZoneEditOutcome.Done => ControlReply.Say("zone reload successful"),
            ZoneEditOutcome.UpToDate => ControlReply.Say("zone reload up-to-date"),
            ZoneEditOutcome.FileNotFound => new ControlReply(ControlResult.FileNotFound),
            _ => new ControlReply(ControlResult.Failure, change.Reason ?? ""),
        };
    }

    private ControlReply Stop(ControlArguments arguments, bool isHalt)
    {
        if (process is null)
            return new ControlReply(ControlResult.Failure);
        string text = arguments.Words.Contains("-p")
            ? string.Create(CultureInfo.InvariantCulture, $"pid: {Environment.ProcessId}")
            : "";
        node.FlushesZonesAtStop = !isHalt;
        return new ControlReply(ControlResult.Success, text) { Afterwards = () => process.Stop(isHalt) };
    }

    private async Task<ControlReply> QueryLogAsync(ControlArguments arguments)
    {
        string? word = arguments.Words.Count > 0 ? arguments.Words[0].ToLowerInvariant() : null;
        bool? wanted = word is null ? !node.LogsQueries
            : On.Contains(word) ? true
            : Off.Contains(word) ? false
            : null;
        if (wanted is not { } isOn)
            return new ControlReply(ControlResult.Syntax);
        await node.SetQueryLogAsync(isOn);
        return ControlReply.Done;
    }

    private ControlReply Trace(ControlArguments arguments)
    {
        int level = (process?.DebugLevel() ?? 0) + 1;
        if (arguments.Words is [var word, ..]
            && (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out level) || level > MaxDebugLevel))
        {
            return new ControlReply(ControlResult.Range);
        }

        return SetDebugLevel(Math.Min(level, MaxDebugLevel));
    }

    private ControlReply SetDebugLevel(int level)
    {
        if (process is null)
            return new ControlReply(ControlResult.Failure);
        process.SetDebugLevel(level);
        return ControlReply.Done;
    }

    private async Task<ControlReply> ScanAsync(ControlArguments arguments)
    {
        await node.ScanInterfacesAsync();
        return ControlReply.Done;
    }

    private async Task<ControlReply> TimeoutsAsync(ControlArguments arguments)
    {
        if (arguments.Words.Count > 0)
        {
            if (arguments.Words.Count != 4)
                return new ControlReply(ControlResult.Range);
            int[] numbers = new int[4];
            for (int i = 0; i < numbers.Length; i++)
            {
                if (!int.TryParse(arguments.Words[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                    return new ControlReply(ControlResult.BadNumber);
            }

            // Initial 2.5 s to 2 min, idle 0.1 s to 2 min, the others up to what the keepalive option can say (RFC 7828 §3.1).
            if (numbers[0] is < 25 or > 1200 || numbers[1] is < 1 or > 1200
                || numbers[2] is < 1 or > ushort.MaxValue || numbers[3] > ushort.MaxValue)
            {
                return new ControlReply(ControlResult.Range);
            }

            TimeSpan[] times = [.. numbers.Select(number => TimeSpan.FromMilliseconds(number * 100L))];
            await node.SetStreamTimeoutsAsync(new StreamTimeouts(times[0], times[1], times[2], times[3]));
        }

        (TimeSpan initial, TimeSpan idle, TimeSpan keepalive, TimeSpan advertised) = node.StreamTimeouts;
        return ControlReply.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            tcp-initial-timeout={initial.TotalMilliseconds / 100}
            tcp-idle-timeout={idle.TotalMilliseconds / 100}
            tcp-keepalive-timeout={keepalive.TotalMilliseconds / 100}
            tcp-advertised-timeout={advertised.TotalMilliseconds / 100}
            """));
    }
}
