using ActorDns.System.Tests.Updates;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>Several servers on one PostgreSQL are one nameserver (ARCHITECTURE §5).</summary>
public sealed class ClusterTests
{
    private static readonly int Rounds = TestSize.Pick(3, 10, 100);

    [Fact]
    public async Task Updates_to_any_node_are_served_by_all_nodes_when_they_are_acknowledged()
    {
        await using ClusterNodes nodes = await ClusterNodes.StartAsync();
        uint serial = DynamicZone.FirstSerial;
        for (int round = 0; round < Rounds; round++)
        {
            for (int node = 0; node < nodes.Servers.Count; node++)
            {
                (await nodes.NsupdateAsync(node, $"add h{round}-{node}.example. 60 A 192.0.2.{node + 1}")).OrThrow();
                serial++;
                for (int other = 0; other < nodes.Servers.Count; other++)
                {
                    Assert.Equal(serial, await nodes.SerialAsync(other));
                    ToolResult dig = (await nodes.Servers[other].DigAsync($"h{round}-{node}.example", "A", "+short")).OrThrow();
                    Assert.Equal($"192.0.2.{node + 1}", dig.Output.Trim());
                }
            }
        }

        string[] first = await nodes.RecordsAsync(0);
        Assert.Equal(first, await nodes.RecordsAsync(1));
        Assert.Equal(first, await nodes.RecordsAsync(2));
        uint middle = DynamicZone.FirstSerial + (serial - DynamicZone.FirstSerial) / 2;
        string differences = await DifferencesAsync(nodes, 0, middle);
        Assert.Equal(differences, await DifferencesAsync(nodes, 1, middle));
        Assert.Equal(differences, await DifferencesAsync(nodes, 2, middle));
    }

    [Fact]
    public async Task Updates_to_all_nodes_at_once_are_all_there_in_one_line_of_serials()
    {
        await using ClusterNodes nodes = await ClusterNodes.StartAsync();
        int updates = 0;
        await Task.WhenAll(Enumerable.Range(0, nodes.Servers.Count).Select(async node =>
        {
            for (int round = 0; round < Rounds * 5; round++)
            {
                (await nodes.NsupdateAsync(node, $"add r{round}-{node}.example. 60 A 192.0.2.{node + 1}")).OrThrow();
                Interlocked.Increment(ref updates);
            }
        }));
        await nodes.WaitForSerialAsync(DynamicZone.FirstSerial + (uint)updates);
        string[] first = await nodes.RecordsAsync(0);
        Assert.Equal(updates, first.Count(record => record.StartsWith('r')));
        Assert.Equal(first, await nodes.RecordsAsync(1));
        Assert.Equal(first, await nodes.RecordsAsync(2));
    }

    [Fact]
    public async Task Node_that_is_killed_comes_back_with_what_the_others_wrote_meanwhile()
    {
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(2);
        (await nodes.NsupdateAsync(1, "add before.example. 60 A 192.0.2.1")).OrThrow();
        nodes.Servers[1].Process.Kill();
        (await nodes.NsupdateAsync(0, "add meanwhile.example. 60 A 192.0.2.1")).OrThrow();
        await nodes.RestartAsync(1);
        (await nodes.NsupdateAsync(1, "add after.example. 60 A 192.0.2.1")).OrThrow();
        Assert.Equal(DynamicZone.FirstSerial + 3, await nodes.SerialAsync(0));
        Assert.Equal(await nodes.RecordsAsync(0), await nodes.RecordsAsync(1));
    }

    [Fact]
    public async Task Node_that_is_stopped_in_good_order_leaves_and_its_name_is_free_at_once()
    {
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(2);
        (await nodes.NsupdateAsync(1, "add before.example. 60 A 192.0.2.1")).OrThrow();
        nodes.Servers[1].Process.Terminate();
        Assert.Equal(0, await nodes.Servers[1].Process.WaitForExitAsync());
        Assert.Equal("left", await nodes.QueryAsync("SELECT state FROM node WHERE name = 'node2'"));
        Assert.Equal("", await nodes.QueryAsync("SELECT name FROM lease WHERE holder LIKE 'node2 %' AND held_until > clock_timestamp()"));
        await nodes.RestartAsync(1);
        Assert.DoesNotContain(nodes.Servers[1].Process.Lines, line => line.Contains("waiting until", StringComparison.Ordinal));
        Assert.Equal(await nodes.RecordsAsync(0), await nodes.RecordsAsync(1));
    }

    private static async Task<string> DifferencesAsync(ClusterNodes nodes, int node, uint from)
    {
        ToolResult dig = (await nodes.Servers[node].DigAsync("example", $"IXFR={from}", "+noall", "+answer")).OrThrow();
        Assert.Contains(dig.Lines, line => line.Contains($" {from} 7200", StringComparison.Ordinal)); // Else it is the whole zone.
        return dig.Output;
    }
}
