using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ActorDns.System.Tests.Cluster;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Updates;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Keys;

/// <summary>A key is replaced at three nodes while everybody uses it and one of them is down; no secret is left behind anywhere.</summary>
public sealed class ClusterRotationTests
{
    private static readonly TestKey Control = TestKey.Create("control-key");
    private static readonly string ClusterSecret = Convert.ToBase64String(SHA256.HashData("a cluster's secret"u8));
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "actordns.dll");
    private readonly int[] _controls = [FreePorts.Take(), FreePorts.Take(), FreePorts.Take()];

    [Fact]
    public async Task Rotation_with_a_node_down_fails_nothing_reaches_that_node_later_and_leaves_no_secret()
    {
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(more: Configure, prepare: Prepare);
        using TempFolder client = new();
        string control = client.Write("control.key", Control.ToNamedConf());
        string first = client.Write("first.key", ClusterNodes.Key.ToNamedConf());
        nodes.Servers[2].Process.Kill();
        await nodes.Servers[2].Process.WaitForExitAsync();
        using CancellationTokenSource end = new();
        Task<int>[] load = [UseUntilAsync(nodes, 0, first, end.Token), UseUntilAsync(nodes, 1, first, end.Token)];

        await KeyAsync(0, control, "rotate", ClusterNodes.Key.Name, "--overlap", "1h");
        string clause = "";
        await ClusterNodes.WaitForAsync(
            async () => (clause = await KeyAsync(1, control, "export", ClusterNodes.Key.Name)).Contains("-g2", StringComparison.Ordinal),
            "the successor at the other node");
        string second = client.Write("second.key", clause);
        for (int node = 0; node < 2; node++)
            await UseAsync(nodes, node, second, $"new{node}");

        await nodes.RestartAsync(2);
        foreach (string file in (string[])[first, second])
            await UseAsync(nodes, 2, file, $"back{Path.GetFileNameWithoutExtension(file)}");
        string list = await KeyAsync(2, control, "list");
        Assert.Contains($"{ClusterNodes.Key.Name}-g2", list, StringComparison.Ordinal);
        await end.CancelAsync();
        Assert.All(await Task.WhenAll(load), exchanges => Assert.NotEqual(0, exchanges));

        List<(string Where, byte[] Content)> places = [("key list", Encoding.UTF8.GetBytes(list))];
        for (int node = 0; node < 3; node++)
        {
            places.Add(($"log of {node}", Encoding.UTF8.GetBytes(string.Join('\n', nodes.Servers[node].Process.Lines))));
            string kept = nodes.Servers[node].Folder["actordns.keys"];
            places.Add((kept, await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken)));
            foreach (string[] command in (string[][])[["checkconf", "-p", "-x"], ["cluster", "status", "-c"]])
            {
                ToolResult printed = (await Tool.RunAsync("dotnet", [Program, .. command, nodes.Servers[node].ConfFile])).OrThrow();
                places.Add((command[0], Encoding.UTF8.GetBytes(printed.Output + printed.Errors)));
            }
        }

        await nodes.Database.QueryAsync("postgres", "CHECKPOINT");
        await nodes.Database.StopAsync();
        string[] files = Directory.GetFiles(nodes.Database.DataFolder, "*", SearchOption.AllDirectories);
        foreach (string file in files)
            places.Add((file, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        Assert.Contains(places, place => Has(place.Content, Encoding.ASCII.GetBytes($"{ClusterNodes.Key.Name}-g2"))); // Else it looks in vain.
        foreach (string secret in (string[])[clause.Split("secret \"")[1].Split('"')[0], ClusterNodes.Key.Secret, ClusterSecret])
        {
            Assert.DoesNotContain(places, place => Has(place.Content, Encoding.ASCII.GetBytes(secret[..12])));
            Assert.DoesNotContain(places, place => Has(place.Content, Convert.FromBase64String(secret)[..8]));
        }
    }

    /// <summary>
    /// The one rotation from its start to the retirement of the old key, commanded at all three nodes in turn, with BIND and Knot as
    /// secondaries of all three and a client that updates and transfers at each.
    /// </summary>
    [Fact]
    public async Task Rotation_at_three_nodes_fails_no_transfer_update_or_notify_from_start_to_retirement()
    {
        string old = ClusterNodes.Key.Name;
        string successor = old + "-g2";
        await using RotationPeers peers = new(DynamicZone.Zone, ClusterNodes.Key);
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(more: Configure, prepare: Prepare, zoneMore: peers.ZoneStatements);
        using TempFolder client = new();
        string control = client.Write("control.key", Control.ToNamedConf());
        await nodes.WaitForStewardsAsync();
        await peers.StartAsync(nodes.Servers);
        using CancellationTokenSource end = new();
        Task load = peers.ExchangeUntilAsync(end.Token);

        await KeyAsync(0, control, "rotate", old, "--hold", "--overlap", "6s");
        string clause = "";
        for (int node = 0; node < 3; node++)
        {
            await ClusterNodes.WaitForAsync(
                async () => (clause = await KeyAsync(node, control, "export", old)).Contains(successor, StringComparison.Ordinal),
                $"the successor at {ClusterNodes.NameOf(node)}");
        }

        // BIND gets the new key before it signs, the client and Knot after it: then what we send to Knot goes on with the old one.
        peers.UseAtBind(successor, clause);
        await peers.WaitForLineAsync($"key {successor}");
        await KeyAsync(1, control, "activate", old);
        await peers.WaitForLineAsync($"server 127.0.0.1#{peers.BindPort} knows key '{successor}'", TimeSpan.FromSeconds(120));
        await peers.WaitForLineAsync($"server 127.0.0.1#{peers.KnotPort} was asked with key '{successor}': tsig indicates error (BADKEY)");
        peers.UseAtClient(clause);
        ToolResult refused = await TryKeyAsync(2, control, "retire", old, "--gen", "1");
        Assert.Equal(1, refused.ExitCode);
        Assert.Matches(@"127\.0\.0\.1 (query|transfer|notify-out|update), last at ", refused.Errors);

        peers.UseAtKnot(successor, await KeyAsync(2, control, "export", old, "--format", "knot", "--peer", "127.0.0.1"));
        await peers.WaitForLineAsync($"server 127.0.0.1#{peers.KnotPort} knows key '{successor}'", TimeSpan.FromSeconds(180)); // A probe a minute.
        await peers.WaitForLineAsync($"key '{old}' generation 1 is retired", TimeSpan.FromSeconds(180));
        await peers.ExchangeTenAsync(load);
        await end.CancelAsync();
        await load;

        await peers.AssertFollowsAsync();
        peers.AssertNoFailure();
        string oldKey = client.Write("old.key", ClusterNodes.Key.ToNamedConf());
        for (int node = 0; node < 3; node++)
        {
            ServerUnderTest server = nodes.Servers[node];
            await ClusterNodes.WaitForAsync(
                async () => (await server.DigAsync("-k", oldKey, DynamicZone.Zone, "SOA")).Output.Contains("BADKEY", StringComparison.Ordinal),
                $"the old key to be unknown at {ClusterNodes.NameOf(node)}");
        }

        Evidence.Add(
            "key rotation at three nodes under load",
            $"{peers.Requests} signed updates and as many transfers at all nodes, notifies to BIND and Knot: none failed until the old key was BADKEY");
    }

    private static bool Has(byte[] content, byte[] part) => content.AsSpan().IndexOf(part) >= 0;

    private static void Configure(NamedConf conf) => conf.Key(Control).Statement(
        $"controls {{ inet 127.0.0.1 port 953 allow {{ 127.0.0.1; }} keys {{ \"{Control.Name}\"; }}; }};");

    private void Prepare(TempFolder folder, int node)
    {
        WaitTests.PutControl(folder, _controls[node]);
        JsonNode settings = JsonNode.Parse(File.ReadAllText(folder["actordns.json"]))!;
        string secret = folder.Write("cluster.secret", ClusterSecret + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        settings["ClusterSecretFile"] = secret;
        folder.Write("actordns.json", settings.ToJsonString());
    }

    private Task<ToolResult> TryKeyAsync(int node, string control, params string[] arguments) => Tool.RunAsync(
        "dotnet", [Program, "key", .. arguments, "-p", _controls[node].ToString(CultureInfo.InvariantCulture), "-k", control]);

    private async Task<string> KeyAsync(int node, string control, params string[] arguments) =>
        (await TryKeyAsync(node, control, arguments)).OrThrow().Output;

    private static async Task<int> UseUntilAsync(ClusterNodes nodes, int node, string file, CancellationToken end)
    {
        int exchanges = 0;
        for (; !end.IsCancellationRequested; exchanges++)
            await UseAsync(nodes, node, file, $"n{node}-{exchanges}");
        return exchanges;
    }

    /// <summary>One update and one transfer, both signed and both good.</summary>
    private static async Task UseAsync(ClusterNodes nodes, int node, string file, string name)
    {
        string script = $"server 127.0.0.1 {nodes.Servers[node].Port}\nzone {DynamicZone.Zone}\nupdate add {name}.example. 60 TXT \"x\"\nsend\n";
        ToolResult update = await Tool.RunAsync("nsupdate", ["-k", file], script);
        Assert.True(update.ExitCode == 0, update.ToString());
        ToolResult dig = await nodes.Servers[node].DigAsync("-k", file, DynamicZone.Zone, "AXFR", "+noall", "+comments", "+answer");
        Assert.True(
            dig.ExitCode == 0 && dig.Output.Contains($"\n{name}.example.", StringComparison.Ordinal),
            $"{dig}\n{string.Join('\n', nodes.Servers[node].Process.Lines.TakeLast(20))}");
    }
}
