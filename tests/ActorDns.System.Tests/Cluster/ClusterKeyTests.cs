using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>The key registry of nodes that share a store.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ClusterKeyTests
{
    private static readonly TestKey ControlKey = TestKey.Create("control-key");

    [Fact]
    public async Task Key_made_at_one_node_is_confirmed_by_both_then_signs_and_its_successor_opens_the_zone_at_the_other()
    {
        int[] controls = [FreePorts.Take(), FreePorts.Take()];
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(
            2,
            conf => conf.Key(ControlKey).Statement(
                $"controls {{ inet 127.0.0.1 port 953 allow {{ 127.0.0.1; }} keys {{ \"{ControlKey.Name}\"; }}; }};"),
            (folder, node) => Prepare(folder, controls[node]));
        using TempFolder keys = new();
        keys.Write("control.key", ControlKey.ToNamedConf());

        await KeyAsync(0, "generate", "guest");
        await ClusterNodes.WaitForAsync(() => IsAsync(1, "active"), "that guest signs");
        await KeyAsync(1, "rotate", "guest");
        await ClusterNodes.WaitForAsync(() => IsAsync(0, "retiring"), "that guest-g2 signs");

        // Each node answers what is signed with either; the answer is signed too, or dig would say so.
        foreach (int generation in (int[])[1, 2])
        {
            string file = keys.Write($"{generation}.key", await KeyAsync(0, "export", "guest", "--gen", $"{generation}"));
            foreach (ServerUnderTest server in nodes.Servers)
            {
                ToolResult dig = await server.DigAsync("-k", file, "example", "SOA", "+norecurse");
                Assert.Contains("status: NOERROR", dig.Output, StringComparison.Ordinal);
                Assert.Contains("TSIG PSEUDOSECTION", dig.Output, StringComparison.Ordinal);
            }
        }

        await ClusterNodes.WaitForAsync(HaveAllConfirmedAsync, "both nodes to confirm the newest ring");

        async Task<bool> HaveAllConfirmedAsync()
        {
            JsonNode list = JsonNode.Parse(await KeyAsync(0, "list", "--json"))!;
            return list["nodes"]!.AsArray()
                .Where(node => (long)node!["confirmed"]! == (long)list["version"]!).Select(node => (string?)node!["node"]).Order()
                .SequenceEqual(nodes.Servers.Select((_, node) => ClusterNodes.NameOf(node)));
        }

        async Task<bool> IsAsync(int node, string state) => (await KeyAsync(node, "list")).Split('\n')
            .Any(line => line.StartsWith("guest ", StringComparison.Ordinal) && line.Contains($" {state} ", StringComparison.Ordinal));

        async Task<string> KeyAsync(int node, params string[] arguments)
        {
            string program = Path.Combine(AppContext.BaseDirectory, "actordns.dll");
            return (await Tool.RunAsync(
                "dotnet", [program, "key", .. arguments, "-p", $"{controls[node]}", "-k", keys["control.key"]])).OrThrow().Output;
        }
    }

    private static void Prepare(TempFolder folder, int port)
    {
        string secret = folder.Write("the.secret", Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(at => (byte)at)]) + "\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        JsonNode settings = JsonNode.Parse(File.ReadAllText(folder["actordns.json"]))!;
        settings["Control"] = $"127.0.0.1:{port}";
        settings["ClusterSecretFile"] = "the.secret";
        folder.Write("actordns.json", settings.ToJsonString());
    }
}
