using System.Text.RegularExpressions;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Control;

/// <summary>One script of rndc against BIND and ours; what it prints must be the same.</summary>
public sealed partial class RndcDifferentialTests
{
    private const string Zone = "{ type primary; file \"new.db\"; };";

    /// <summary>The script. A line is split at blanks; the part in braces is one argument.</summary>
    private static readonly string[] Commands =
    [
        "status", "null", "testgen", "testgen 30", "testgen 100", "testgen 0", "testgen x", "frobnicate", "STATUS",
        "zonestatus static.example", "zonestatus STATIC.example.", "zonestatus static.example IN", "zonestatus static.example IN _default",
        "zonestatus dyn.example", "zonestatus broken.example", "zonestatus sec.example", "zonestatus nosuch.example", "zonestatus",
        "zonestatus a..b", "zonestatus static.example XX", "zonestatus static.example IN nosuch", "zonestatus nosuch.example IN _default",
        "showzone static.example", "showzone dyn.example", "showzone sec.example", "showzone nosuch.example", "showzone",
        "reload static.example", "+change 2", "reload static.example", "zonestatus static.example", "reload dyn.example",
        "reload nosuch.example", "reload", "reconfig", "status",
        "notify nosuch.example", "notify", "notify static.example",
        "refresh static.example", "refresh dyn.example", "refresh nosuch.example", "refresh",
        "retransfer static.example", "retransfer dyn.example", "retransfer nosuch.example", "retransfer",
        "freeze static.example", "freeze sec.example", "freeze nosuch.example", "thaw static.example", "thaw sec.example",
        "unfreeze sec.example", "thaw nosuch.example", "sync static.example", "sync -clean static.example", "sync nosuch.example",
        "freeze dyn.example", "zonestatus dyn.example", "freeze dyn.example", "thaw dyn.example", "zonestatus dyn.example", "thaw dyn.example",
        "sync dyn.example", "sync -clean dyn.example", "sync", "freeze", "zonestatus dyn.example", "freeze", "thaw", "zonestatus dyn.example",
        "signing", "signing -foo static.example", "signing -list static.example", "signing -list broken.example",
        "signing -list nosuch.example", "signing -serial 7 static.example", "signing -serial 7 nosuch.example",
        "sign static.example", "sign sec.example", "sign nosuch.example", "loadkeys static.example", "loadkeys sec.example",
        "dnssec", "dnssec -foo static.example", "dnssec -status static.example", "dnssec -status nosuch.example",
        $"addzone added.example {Zone}", $"addzone added.example {Zone}", "zonestatus added.example", "showzone added.example",
        "modzone added.example { type primary; file \"new.db\"; allow-transfer { none; }; };", "showzone added.example",
        "modzone static.example { type primary; file \"static.db\"; allow-query { any; }; };", "showzone static.example",
        $"modzone nosuch.example {Zone}", "modzone", "addzone", "addzone bad.example junk", "addzone bad.example { junk; };",
        "addzone bad.example { type primary; };", "addzone bad.example { type primary; file \"nosuch.db\"; };",
        "addzone bad.example { type primary; file \"new.db\"; }", $"addzone bad.example IN other {Zone}", $"addzone one.example IN _default {Zone}",
        "delzone one.example", "delzone added.example", "delzone added.example", "delzone static.example", "zonestatus static.example",
        "delzone", "reconfig", "zonestatus static.example", $"addzone clean.example {Zone}", "delzone -clean clean.example",
        "querylog", "status", "querylog off", "querylog ON", "querylog maybe", "reload", "status", "trace", "trace 5", "status", "trace 100",
        "trace x", "trace -1", "notrace", "status", "flush", "flush _default", "flush nosuch", "flushname a.b", "flushname", "flushtree a",
        "flushtree", "tcp-timeouts", "tcp-timeouts 100 90 80 70", "tcp-timeouts", "tcp-timeouts 1", "tcp-timeouts 24 2 3 4",
        "tcp-timeouts 26 2 3 a", "stats", "dumpdb -zones", "dumpdb -zones nosuch", "scan", "dnstap -reopen", "dnstap -roll", "tsig-list",
    ];

    [Fact]
    public async Task Rndc_prints_the_same_whether_it_talks_to_BIND_or_to_ours()
    {
        await using ControlledServer bind = await ControlledServer.StartAsync(ServerKind.Bind);
        await using ControlledServer ours = await ControlledServer.StartAsync(ServerKind.ActorDns);
        List<string> differences = [];
        foreach (string command in Commands)
        {
            if (command.StartsWith("+change", StringComparison.Ordinal))
            {
                bind.ChangeStaticZone(2);
                ours.ChangeStaticZone(2);
                continue;
            }

            string expected = Shown(await bind.RndcAsync(Split(command)), bind);
            string actual = Shown(await ours.RndcAsync(Split(command)), ours);
            if (expected != actual)
                differences.Add($"$ rndc {command}\nBIND:\n{expected}\nours:\n{actual}\n");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        string[] received = [.. ours.Log.Where(line => line.StartsWith("received control channel command", StringComparison.Ordinal))];
        Assert.Equal(bind.Log.Where(line => line.StartsWith("received control channel command", StringComparison.Ordinal)), received);
    }

    private static string[] Split(string command)
    {
        int brace = command.IndexOf('{', StringComparison.Ordinal);
        return brace < 0
            ? command.Split(' ')
            : [.. command[..brace].Split(' ', StringSplitOptions.RemoveEmptyEntries), command[brace..]];
    }

    /// <summary>
    /// What is compared: without what must differ (version, times of start, how many zones count, what runs at the moment), without what BIND has and we have not
    /// (recursive clients, its internal view and session key), and a reload that BIND has queued is one that ours has done.
    /// </summary>
    private static string Shown(ToolResult result, ControlledServer server)
    {
        IEnumerable<string> lines = (result.Output + result.Errors).Split('\n')
            .Where(line => !OwnLine().IsMatch(line))
            .Select(line => line
                .Replace(server.Folder.FullPath, "FOLDER", StringComparison.Ordinal)
                .Replace($"named-{server.Server.Port}.conf", "named.conf", StringComparison.Ordinal)
                .Replace("  {", " {", StringComparison.Ordinal)
                .Replace("zone reload queued", "zone reload successful", StringComparison.Ordinal));
        return $"{string.Join('\n', lines)}exit code {result.ExitCode}";
    }

    [GeneratedRegex(
        "^(version|boot time|last configured|number of zones|xfers out running|soa queries in progress|recursive clients|TCP high-water|journal):"
        + "|view \"_bind\"|key \"local-ddns\"")]
    private static partial Regex OwnLine();
}
