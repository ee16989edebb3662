using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>A backup of the database is restored under running nodes: no serial comes back with other content (ARCHITECTURE §5.10).</summary>
public sealed class BackupTests
{
    private static readonly TestKey ControlKey = TestKey.Create("control-key");

    [Fact]
    public async Task Section_5_10_backup_restored_under_nodes_is_refused_until_a_zone_is_recovered()
    {
        int[] controls = [FreePorts.Take(), FreePorts.Take(), FreePorts.Take()];
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(
            more: conf => conf.Key(ControlKey).Statement(
                $"controls {{ inet 127.0.0.1 port 953 allow {{ 127.0.0.1; }} keys {{ \"{ControlKey.Name}\"; }}; }};"),
            prepare: (folder, node) => WaitTests.PutControl(folder, controls[node]));
        for (int i = 0; i < 6; i++)
            (await nodes.NsupdateAsync(i % 3, $"update add kept{i}.example. 60 A 192.0.2.1")).OrThrow();
        string backup = await nodes.Database.BackUpAsync();
        for (int i = 0; i < 6; i++)
            (await nodes.NsupdateAsync(i % 3, $"update add later{i}.example. 60 A 192.0.2.1")).OrThrow();
        const uint Newest = 112;
        await nodes.WaitForSerialAsync(Newest);
        string[] before = await nodes.RecordsAsync(0);

        await nodes.Database.RestoreAsync(backup);
        for (int node = 0; node < 3; node++)
        {
            ToolResult refused = await nodes.NsupdateAsync(node, "update add lost.example. 60 A 192.0.2.1");
            Assert.Contains("SERVFAIL", refused.Errors, StringComparison.Ordinal);
            Assert.Equal(before, await nodes.RecordsAsync(node));
        }

        await nodes.Servers[0].Process.WaitForLineAsync("zone example/IN: the store");
        using TempFolder folder = new();
        ToolResult recovered = await Tool.RunAsync(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "actordns.dll"), "cluster", "recover", "example", "-s", "127.0.0.1",
                "-p", controls[0].ToString(CultureInfo.InvariantCulture), "-k", folder.Write("control.key", ControlKey.ToNamedConf()),
            ]);
        Assert.Equal((0, ""), (recovered.ExitCode, recovered.Errors));
        await nodes.WaitForSerialAsync(Newest + 1);
        (await nodes.NsupdateAsync(1, "update add after.example. 60 A 192.0.2.1")).OrThrow();
        await nodes.WaitForSerialAsync(Newest + 2);
        string[] after = await nodes.RecordsAsync(2);
        Assert.Equal(
            before.Where(IsNoSoa).Append("after.example. 60 in a 192.0.2.1").Order(StringComparer.Ordinal), after.Where(IsNoSoa));
        for (int node = 0; node < 2; node++)
            Assert.Equal(after, await nodes.RecordsAsync(node));
    }

    private static bool IsNoSoa(string record) => !record.Contains(" soa ", StringComparison.Ordinal);
}
