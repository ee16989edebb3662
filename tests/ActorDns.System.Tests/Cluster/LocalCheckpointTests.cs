using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Updates;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>A node that is started while the database is away (ARCHITECTURE §5.6).</summary>
public sealed class LocalCheckpointTests
{
    [Fact]
    public async Task Section_5_6_node_that_was_started_without_the_database_serves_its_file_until_it_takes_updates_again()
    {
        using TempFolder control = new();
        TestKey key = TestKey.Create("control-key");
        int port = FreePorts.Take();
        string rndc = control.Write("rndc.conf", key.ToNamedConf()
            + $"options {{ default-key \"{key.Name}\"; default-server 127.0.0.1; default-port {port}; }};\n");
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(count: 1, more: conf => conf.Key(key).Statement(
            $"controls {{ inet 127.0.0.1 port {port} allow {{ 127.0.0.1; }} keys {{ {key.Name}; }}; }};"));
        (await nodes.NsupdateAsync(0, $"update add kept.{DynamicZone.Zone}. 60 A 192.0.2.1")).OrThrow();
        (await Tool.RunAsync("rndc", ["-c", rndc, "sync", DynamicZone.Zone])).OrThrow();
        string[] records = await nodes.RecordsAsync(0);
        uint serial = await nodes.SerialAsync(0);

        await nodes.Database.StopAsync();
        await nodes.RestartAsync(0);
        Assert.Equal(records, await nodes.RecordsAsync(0));
        Assert.Contains(nodes.Servers[0].Process.Lines, line => line.Contains($"serial {serial} as written at", StringComparison.Ordinal));
        ToolResult refused = await nodes.NsupdateAsync(0, $"update add refused.{DynamicZone.Zone}. 60 A 192.0.2.1");
        Assert.Contains("SERVFAIL", refused.ToString(), StringComparison.Ordinal);

        await nodes.Database.StartAgainAsync();
        await ClusterNodes.WaitForAsync(
            async () => (await nodes.NsupdateAsync(0, $"update add after.{DynamicZone.Zone}. 60 A 192.0.2.1")).ExitCode == 0,
            "an update after the database is back");
        Assert.Equal(serial + 1, await nodes.SerialAsync(0));
    }
}
