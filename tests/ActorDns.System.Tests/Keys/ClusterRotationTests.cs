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
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(
            more: conf => conf.Key(Control).Statement(
                $"controls {{ inet 127.0.0.1 port 953 allow {{ 127.0.0.1; }} keys {{ \"{Control.Name}\"; }}; }};"),
            prepare: Prepare);
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

    private static bool Has(byte[] content, byte[] part) => content.AsSpan().IndexOf(part) >= 0;

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

    private async Task<string> KeyAsync(int node, string control, params string[] arguments) => (await Tool.RunAsync(
        "dotnet",
        [Program, "key", .. arguments, "-p", _controls[node].ToString(CultureInfo.InvariantCulture), "-k", control])).OrThrow().Output;

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
        ToolResult dig = await nodes.Servers[node].DigAsync("-k", file, DynamicZone.Zone, "AXFR", "+noall", "+answer");
        Assert.True(dig.ExitCode == 0 && dig.Output.Contains($"\n{name}.example.", StringComparison.Ordinal), dig.ToString());
    }
}
