using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Updates;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>What one node alone may do for a zone, one node does, and another when it is gone (ARCHITECTURE §5.7).</summary>
public sealed class StewardTests
{
    private const string Zone = "copied";
    private const string Transferred = "Transfer completed";
    private const string Notifying = "zone example/IN: sending notifies";

    [Fact]
    public async Task Section_5_7_one_node_transfers_a_secondary_zone_and_another_does_when_it_is_gone()
    {
        using TempFolder primaryFolder = new();
        primaryFolder.Write("copied.db", "$TTL 300\n@ SOA ns1 hostmaster 1 3600 900 604800 300\n@ NS ns1\nns1 A 192.0.2.1\n");
        int[] ports = [FreePorts.Take(), FreePorts.Take(), FreePorts.Take()];
        NamedConf primaryConf = new NamedConf().Key(ClusterNodes.Key).Primary(
            Zone,
            "copied.db",
            $"allow-update {{ key \"{ClusterNodes.Key.Name}\"; }}; notify explicit; "
            + $"also-notify {{ {string.Concat(ports.Select(port => $"127.0.0.1 port {port}; "))} }};");
        await using ServerUnderTest primary = await ServerUnderTest.StartAsync(primaryFolder, primaryConf, ServerKind.Bind);
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(
            more: conf => conf.Statement(
                $"zone \"{Zone}\" {{ type secondary; file \"copied.db\"; primaries {{ 127.0.0.1 port {primary.Port}; }}; allow-transfer {{ any; }}; }};"),
            ports: ports);
        await nodes.WaitForSerialAsync(1, Zone);
        await nodes.WaitForStewardsAsync();

        // Its primary tells all nodes at once; whoever is not the steward passes it on.
        await UpdateAsync("add one.copied. 60 A 192.0.2.1");
        await nodes.WaitForSerialAsync(2, Zone);
        int steward = Assert.Single(Enumerable.Range(0, 3), node => HasTransferred(nodes, node, 2));

        nodes.Servers[steward].Process.Kill();
        await nodes.Servers[steward].Process.WaitForExitAsync();
        await UpdateAsync("add two.copied. 60 A 192.0.2.1");
        int[] left = [.. Enumerable.Range(0, 3).Where(node => node != steward)];
        foreach (int node in left)
            await ClusterNodes.WaitForAsync(async () => await nodes.SerialAsync(node, Zone) == 3, "the change after the steward was killed");
        Assert.Single(left, node => HasTransferred(nodes, node, 3));
        Assert.Equal(await nodes.RecordsAsync(left[0], Zone), await nodes.RecordsAsync(left[1], Zone));

        async Task UpdateAsync(string line) => (await Tool.RunAsync(
            "nsupdate",
            ["-k", primaryFolder.Write("update.key", ClusterNodes.Key.ToNamedConf())],
            $"server 127.0.0.1 {primary.Port}\nzone {Zone}.\n{line}\nsend\n")).OrThrow();
    }

    [Fact]
    public async Task Section_5_7_one_node_tells_the_secondaries_of_a_change_at_any_node()
    {
        int listener = FreePorts.Take();
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(
            zoneMore: $"notify explicit; also-notify {{ 127.0.0.1 port {listener}; }};");
        await nodes.WaitForStewardsAsync();
        for (int node = 0; node < 3; node++)
        {
            (await nodes.NsupdateAsync(node, $"add h{node}.example. 60 A 192.0.2.1")).OrThrow();
            uint serial = DynamicZone.FirstSerial + 1 + (uint)node;
            await nodes.WaitForSerialAsync(serial);
            await ClusterNodes.WaitForAsync(() => Task.FromResult(Tellers(nodes, serial) == 1), $"the NOTIFY of serial {serial}");
        }

        Assert.All(Enumerable.Range(1, 3), step => Assert.Equal(1, Tellers(nodes, DynamicZone.FirstSerial + (uint)step)));
    }

    private static bool HasTransferred(ClusterNodes nodes, int node, uint serial) => nodes.Servers[node].Process.Lines.Any(line =>
        line.Contains(Transferred, StringComparison.Ordinal)
        && line.Contains(string.Create(CultureInfo.InvariantCulture, $"(serial {serial})"), StringComparison.Ordinal));

    private static int Tellers(ClusterNodes nodes, uint serial) => nodes.Servers.Count(server => server.Process.Lines.Any(line =>
        line.Contains(string.Create(CultureInfo.InvariantCulture, $"{Notifying} (serial {serial})"), StringComparison.Ordinal)));
}
