using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>What an operator asks for a secondary zone is done by its steward, whichever node is asked (ARCHITECTURE §5.1, §5.7).</summary>
public sealed class StewardCommandTests
{
    private const string Zone = CopiedZone.Zone;
    private static readonly TestKey ControlKey = TestKey.Create("control-key");

    [Fact]
    public async Task Section_5_7_refresh_and_retransfer_at_any_node_are_done_by_the_steward_and_all_serve_what_came()
    {
        using TempFolder primaryFolder = new();
        await using ServerUnderTest primary = await ServerUnderTest.StartAsync(
            primaryFolder, new NamedConf().Primary(Zone, Write(100)), ServerKind.Bind);
        int[] controls = [FreePorts.Take(), FreePorts.Take(), FreePorts.Take()];
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(
            more: conf => conf.Key(ControlKey)
                .Statement($"controls {{ inet 127.0.0.1 port 953 allow {{ 127.0.0.1; }} keys {{ \"{ControlKey.Name}\"; }}; }};")
                .Statement(CopiedZone.Statement(primary)),
            prepare: (folder, node) => WaitTests.PutControl(folder, controls[node]));
        await nodes.WaitForSerialAsync(100, Zone);
        await nodes.WaitForStewardsAsync();

        // The primary tells nobody, and the zone's own refresh is an hour away.
        for (int node = 0; node < 3; node++)
            await AskAsync(node, "refresh", serial: 101 + (uint)node);

        // A refresh does not go back; a retransfer takes whatever the primary has.
        for (int node = 0; node < 3; node++)
            await AskAsync(node, "retransfer", serial: 50 - (uint)node);

        int steward = Assert.Single(Enumerable.Range(0, 3), node => CopiedZone.HasTransferred(nodes, node, 101));
        Assert.All(
            (uint[])[102, 103, 50, 49, 48],
            serial => Assert.Equal([steward], Enumerable.Range(0, 3).Where(node => CopiedZone.HasTransferred(nodes, node, serial))));

        string Write(uint serial) => Path.GetFileName(primaryFolder.Write("copied.db", string.Create(
            CultureInfo.InvariantCulture,
            $"$TTL 300\n@ SOA ns1 hostmaster {serial} 3600 900 604800 300\n@ NS ns1\nns1 A 192.0.2.1\nat{serial} A 192.0.2.2\n")));

        async Task AskAsync(int node, string command, uint serial)
        {
            Write(serial);
            await primary.ReloadAsync(string.Create(CultureInfo.InvariantCulture, $"zone {Zone}/IN: loaded serial {serial}"));
            string rndc = primaryFolder.Write("rndc.conf", ControlKey.ToNamedConf() + string.Create(
                CultureInfo.InvariantCulture,
                $"options {{ default-key \"{ControlKey.Name}\"; default-server 127.0.0.1; default-port {controls[node]}; }};\n"));
            (await Tool.RunAsync("rndc", ["-c", rndc, command, Zone])).OrThrow();
            await nodes.WaitForSerialAsync(serial, Zone);
            string[] records = await nodes.RecordsAsync(0, Zone);
            Assert.Contains(records, record => record.StartsWith(string.Create(CultureInfo.InvariantCulture, $"at{serial}."), StringComparison.Ordinal));
            for (int other = 1; other < 3; other++)
                Assert.Equal(records, await nodes.RecordsAsync(other, Zone));
        }
    }
}
