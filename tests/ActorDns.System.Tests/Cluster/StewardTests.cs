using System.Globalization;
using ActorDns.System.Tests.Updates;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>What one node alone may do for a zone, one node does, and another when it is gone (ARCHITECTURE §5.7).</summary>
public sealed class StewardTests
{
    private const string Notifying = "zone example/IN: sending notifies";

    [Fact]
    public async Task Section_5_7_one_node_transfers_a_secondary_zone_and_another_does_when_it_is_gone()
    {
        await using CopiedZone copied = await CopiedZone.StartAsync();
        ClusterNodes nodes = copied.Nodes;

        // Its primary tells all nodes at once; whoever is not the steward passes it on.
        await copied.UpdateAsync("add one.copied. 60 A 192.0.2.1");
        await nodes.WaitForSerialAsync(2, CopiedZone.Zone);
        int steward = Assert.Single(Enumerable.Range(0, 3), node => CopiedZone.HasTransferred(nodes, node, 2));

        nodes.Servers[steward].Process.Kill();
        await nodes.Servers[steward].Process.WaitForExitAsync();
        await copied.UpdateAsync("add two.copied. 60 A 192.0.2.1");
        int[] left = [.. Enumerable.Range(0, 3).Where(node => node != steward)];
        foreach (int node in left)
            await ClusterNodes.WaitForAsync(async () => await nodes.SerialAsync(node, CopiedZone.Zone) == 3, "the change after the steward was killed");
        Assert.Single(left, node => CopiedZone.HasTransferred(nodes, node, 3));
        Assert.Equal(await nodes.RecordsAsync(left[0], CopiedZone.Zone), await nodes.RecordsAsync(left[1], CopiedZone.Zone));
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

    private static int Tellers(ClusterNodes nodes, uint serial) => nodes.Servers.Count(server => server.Process.Lines.Any(line =>
        line.Contains(string.Create(CultureInfo.InvariantCulture, $"{Notifying} (serial {serial})"), StringComparison.Ordinal)));
}
