using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ActorDns.System.Tests.Cluster;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Updates;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Keys;

/// <summary>A node that is started while the database is away knows the keys as the registry had them (ARCHITECTURE §5.6, §6).</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeptKeysTests
{
    private const string Zone = "guarded";
    private const string Taken = "are taken from";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "actordns.dll");
    private static readonly TestKey Control = TestKey.Create("control-key");
    private static readonly TestKey Xfr = TestKey.Create("xfr");
    private static readonly TestKey Leaked = TestKey.Create("leaked");
    private readonly int[] _controls = [FreePorts.Take(), FreePorts.Take()];

    [Fact]
    public async Task Section_5_6_node_started_without_the_database_takes_new_keys_refuses_revoked_ones_and_follows_again()
    {
        using TempFolder client = new();
        string control = client.Write("control.key", Control.ToNamedConf());
        await using ClusterNodes nodes = await StartAsync();
        string g1 = client.Write("xfr.key", Xfr.ToNamedConf());
        string leaked = client.Write("leaked.key", Leaked.ToNamedConf());
        string g2 = client.Write("xfr-g2.key", await RotateAsync(Xfr.Name));
        string leaked2 = client.Write("leaked-g2.key", await RotateAsync(Leaked.Name));
        await KeyAsync("revoke", Leaked.Name, "--gen", "1");
        await WaitUntilAllKnowAsync();
        (await Tool.RunAsync("rndc", ["-c", Rndc(1), "sync", Zone])).OrThrow();

        await nodes.Database.StopAsync();
        await nodes.RestartAsync(1);
        await AssertTransfersAsync(nodes.Servers[1], g1, g2, leaked2);
        await AssertRefusedAsync(nodes.Servers[1], leaked); // named.conf has it still.
        string line = Assert.Single(nodes.Servers[1].Process.Lines, line => line.Contains(Taken, StringComparison.Ordinal));
        Assert.Contains("actordns.keys", line, StringComparison.Ordinal);

        await nodes.Database.StartAgainAsync();
        await nodes.Servers[1].Process.WaitForLineAsync("the key registry is read again");
        await ClusterNodes.WaitForAsync(
            async () => await TryKeyAsync("revoke", Leaked.Name) is var done
                && (done.ExitCode == 0 || done.ToString().Contains("is revoked already", StringComparison.Ordinal)),
            "the other node to reach the database again");
        await WaitUntilAllKnowAsync();
        await AssertTransfersAsync(nodes.Servers[1], g1, g2);
        await AssertRefusedAsync(nodes.Servers[1], leaked, leaked2);

        string kept = nodes.Servers[1].Folder["actordns.keys"];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        AssertNoSecret(await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken), g1, g2);

        async Task<string> RotateAsync(string name)
        {
            await KeyAsync("rotate", name);
            await ClusterNodes.WaitForAsync(
                async () => (await KeyAsync("list")).Split('\n').Any(row => row.Contains($" {name}-g2 ", StringComparison.Ordinal)
                    && row.Contains(" active ", StringComparison.Ordinal)),
                $"that {name}-g2 signs");
            return await KeyAsync("export", name);
        }

        async Task<string> KeyAsync(params string[] arguments) => (await TryKeyAsync(arguments)).OrThrow().Output;

        Task<ToolResult> TryKeyAsync(params string[] arguments) => Tool.RunAsync(
            "dotnet", [Program, "key", .. arguments, "-p", _controls[0].ToString(CultureInfo.InvariantCulture), "-k", control]);

        Task WaitUntilAllKnowAsync() => ClusterNodes.WaitForAsync(
            async () =>
            {
                if (await TryKeyAsync("list", "--json") is not { ExitCode: 0 } listed)
                    return false;
                JsonNode list = JsonNode.Parse(listed.Output)!;
                return list["nodes"]!.AsArray().Count(node => (long)node!["confirmed"]! == (long)list["version"]!) == 2;
            },
            "both nodes to confirm the newest ring");

        string Rndc(int node) => client.Write("rndc.conf", Control.ToNamedConf() + string.Create(
            CultureInfo.InvariantCulture,
            $"options {{ default-key \"{Control.Name}\"; default-server 127.0.0.1; default-port {_controls[node]}; }};\n"));
    }

    [Fact]
    public async Task Section_5_6_altered_file_of_keys_is_not_used_and_one_line_says_so()
    {
        using TempFolder client = new();
        string control = client.Write("control.key", Control.ToNamedConf());
        await using ClusterNodes nodes = await StartAsync(count: 1);
        (await Tool.RunAsync(
            "dotnet",
            [Program, "key", "rotate", Leaked.Name, "-p", _controls[0].ToString(CultureInfo.InvariantCulture), "-k", control])).OrThrow();
        string kept = nodes.Servers[0].Folder["actordns.keys"];

        await nodes.Database.StopAsync();
        nodes.Servers[0].Process.Kill();
        await nodes.Servers[0].Process.WaitForExitAsync();
        string text = await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(kept, text.Replace("\"leaked.\"", "\"linked.\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await nodes.RestartAsync(0);

        string line = Assert.Single(nodes.Servers[0].Process.Lines, line => line.Contains(kept, StringComparison.Ordinal));
        Assert.Contains("is not used", line, StringComparison.Ordinal);
        Assert.Contains("it was altered", line, StringComparison.Ordinal);
        ToolResult own = await nodes.Servers[0].DigAsync("-k", client.Write("leaked.key", Leaked.ToNamedConf()), "example", "SOA");
        Assert.DoesNotContain("BADKEY", own.Output, StringComparison.Ordinal); // named.conf's keys are what there is.
    }

    private Task<ClusterNodes> StartAsync(int count = 2) => ClusterNodes.StartAsync(
        count,
        conf => conf.Key(Control).Key(Xfr).Key(Leaked)
            .Statement($"controls {{ inet 127.0.0.1 port 953 allow {{ 127.0.0.1; }} keys {{ \"{Control.Name}\"; }}; }};")
            .Primary(
                Zone,
                "guarded.db",
                $"allow-update {{ key \"{Xfr.Name}\"; }}; allow-transfer {{ key \"{Xfr.Name}\"; key \"{Leaked.Name}\"; }};"),
        Prepare);

    private void Prepare(TempFolder folder, int node)
    {
        WaitTests.PutControl(folder, _controls[node]);
        folder.Write("guarded.db", DynamicZone.Text(DynamicZone.FirstSerial));
        string secret = folder.Write("the.secret", Convert.ToBase64String(SHA256.HashData("a cluster's secret"u8)) + "\n");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        JsonNode settings = JsonNode.Parse(File.ReadAllText(folder["actordns.json"]))!;
        settings["ClusterSecretFile"] = "the.secret";
        folder.Write("actordns.json", settings.ToJsonString());
    }

    private static async Task AssertTransfersAsync(ServerUnderTest server, params string[] keyFiles)
    {
        foreach (string file in keyFiles)
        {
            ToolResult dig = await server.DigAsync("-k", file, Zone, "AXFR");
            Assert.True(dig.Output.Contains("www.guarded.", StringComparison.Ordinal), $"{file}: {dig}");
            Assert.DoesNotContain("Couldn't verify", dig.Output, StringComparison.Ordinal);
        }
    }

    private static async Task AssertRefusedAsync(ServerUnderTest server, params string[] keyFiles)
    {
        foreach (string file in keyFiles)
        {
            ToolResult dig = await server.DigAsync("-k", file, Zone, "AXFR");
            Assert.True(dig.Output.Contains("BADKEY", StringComparison.Ordinal), $"{file}: {dig}");
            Assert.DoesNotContain("www.guarded.", dig.Output, StringComparison.Ordinal);
        }
    }

    private static void AssertNoSecret(byte[] content, params string[] keyFiles)
    {
        foreach (string file in keyFiles)
        {
            string secret = File.ReadAllText(file).Split("secret \"")[1].Split('"')[0];
            Assert.True(content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret[..12])) < 0, file);
            Assert.True(content.AsSpan().IndexOf(Convert.FromBase64String(secret).AsSpan(0, 8)) < 0, file);
        }
    }
}
