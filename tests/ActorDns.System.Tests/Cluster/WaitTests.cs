using System.Globalization;
using System.Text.Json.Nodes;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>The propagation barrier: it returns when the nodes, and the secondaries, serve a serial, and says who does not.</summary>
public sealed class WaitTests
{
    private static readonly TestKey ControlKey = TestKey.Create("control-key");

    [Fact]
    public async Task Wait_returns_when_nodes_and_secondaries_serve_the_serial_and_names_those_that_do_not()
    {
        int[] ports = [FreePorts.Take(), FreePorts.Take()];
        int[] controls = [FreePorts.Take(), FreePorts.Take()];
        using TempFolder secondaryFolder = new();
        NamedConf secondaryConf = new NamedConf().Statement(
            $"zone \"example\" {{ type secondary; file \"copy.db\"; primaries {{ 127.0.0.1 port {ports[0]}; }}; }};");
        int secondaryPort = FreePorts.Take();
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(
            2,
            conf => conf.Key(ControlKey).Statement(
                $"controls {{ inet 127.0.0.1 port 953 allow {{ 127.0.0.1; }} keys {{ \"{ControlKey.Name}\"; }}; }};"),
            (folder, node) => PutControl(folder, controls[node]),
            zoneMore: $"notify explicit; also-notify {{ 127.0.0.1 port {secondaryPort}; }};",
            ports: ports);
        await using ServerUnderTest secondary = await ServerUnderTest.StartAsync(
            secondaryFolder, secondaryConf, ServerKind.Bind, secondaryPort);
        string keyFile = secondaryFolder.Write("control.key", ControlKey.ToNamedConf());

        (await nodes.NsupdateAsync(1, "update add one.example. 60 A 192.0.2.1")).OrThrow();
        ToolResult everywhere = await WaitAsync("101", "--secondaries");
        Assert.Equal((0, ""), (everywhere.ExitCode, everywhere.Errors));
        Assert.Contains(" 101 ", (await secondary.DigAsync("example", "SOA", "+short")).Output, StringComparison.Ordinal);

        ToolResult early = await WaitAsync("102", "--timeout", "1");
        Assert.Equal(1, early.ExitCode);
        Assert.Contains("this node, which has 101", early.Errors, StringComparison.Ordinal);

        UnixSignal.Stop.SendTo(nodes.Servers[1].Process.Id);
        (await nodes.NsupdateAsync(0, "update add two.example. 60 A 192.0.2.1")).OrThrow();
        ToolResult without = await WaitAsync("102", "--timeout", "1", "--json");
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("\"done\":false", without.Output, StringComparison.Ordinal);
        Assert.Contains($"node {ClusterNodes.NameOf(1)}", without.Output, StringComparison.Ordinal);

        UnixSignal.Continue.SendTo(nodes.Servers[1].Process.Id);
        Assert.Equal(0, (await WaitAsync("102", "--secondaries")).ExitCode);
        Assert.Equal(102u, await nodes.SerialAsync(1));

        UnixSignal.Stop.SendTo(secondary.Process.Id);
        (await nodes.NsupdateAsync(0, "update add three.example. 60 A 192.0.2.1")).OrThrow();
        ToolResult unseen = await WaitAsync("103", "--secondaries", "--timeout", "1");
        UnixSignal.Continue.SendTo(secondary.Process.Id);
        Assert.Equal(1, unseen.ExitCode);
        Assert.Contains($"127.0.0.1#{secondaryPort}", unseen.Errors, StringComparison.Ordinal);

        Task<ToolResult> WaitAsync(params string[] arguments) => Tool.RunAsync(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "actordns.dll"), "wait", "example", .. arguments,
                "-s", "127.0.0.1", "-p", controls[0].ToString(CultureInfo.InvariantCulture), "-k", keyFile,
            ]);
    }

    internal static void PutControl(TempFolder folder, int port)
    {
        JsonNode settings = JsonNode.Parse(File.ReadAllText(folder["actordns.json"]))!;
        settings["Control"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        folder.Write("actordns.json", settings.ToJsonString());
    }
}
