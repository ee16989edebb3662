using System.Globalization;
using System.Text.Json;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Updates;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>What a cluster promises about one update: it is applied once, and every node knows whose it was (ARCHITECTURE §5.7 to §5.9).</summary>
public sealed class PromiseTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Section_5_8_signed_message_at_all_nodes_is_applied_once_also_after_they_are_killed(int count)
    {
        await using ClusterNodes nodes = await ClusterNodes.StartAsync(count);
        SignedMessage message = SignedMessage.Update(
            ClusterNodes.Key, DynamicZone.Zone, "nxdomain once.example.", "add once.example. 60 A 192.0.2.1");
        Rcode[] atOnce = await Task.WhenAll(Enumerable.Range(0, count * 3).Select(i => message.SendAsync(nodes.EndPoint(i % count))));
        Assert.All(atOnce, rcode => Assert.Equal(Rcode.NoError, rcode));
        Assert.Equal(Rcode.NoError, await message.SendAsync(nodes.EndPoint(0)));
        await nodes.WaitForSerialAsync(DynamicZone.FirstSerial + 1);

        for (int node = 0; node < count; node++)
            nodes.Servers[node].Process.Kill();
        for (int node = 0; node < count; node++)
            await nodes.RestartAsync(node);
        for (int node = 0; node < count; node++)
            Assert.Equal(Rcode.NoError, await message.SendAsync(nodes.EndPoint(node)));
        await nodes.WaitForSerialAsync(DynamicZone.FirstSerial + 1);

        SignedMessage other = SignedMessage.Update(
            ClusterNodes.Key, DynamicZone.Zone, "nxdomain once.example.", "add once.example. 60 A 192.0.2.1");
        Assert.Equal(Rcode.YxDomain, await other.SendAsync(nodes.EndPoint(0)));
    }

    [Fact]
    public async Task Section_5_9_every_node_tells_who_changed_what_at_which_node()
    {
        await using ClusterNodes nodes = await ClusterNodes.StartAsync();
        DateTimeOffset before = TimeProvider.System.GetUtcNow();
        for (int node = 0; node < 3; node++)
            (await nodes.NsupdateAsync(node, $"add who.example. 60 TXT \"at {ClusterNodes.NameOf(node)}\"")).OrThrow();
        DateTimeOffset after = TimeProvider.System.GetUtcNow();

        for (int asked = 0; asked < 3; asked++)
        {
            string[] lines = (await OursAsync(asked, "history", "who.example", "--json")).OrThrow().Lines;
            Assert.Equal(3, lines.Length);
            for (int changed = 0; changed < 3; changed++)
            {
                JsonElement entry = JsonDocument.Parse(lines[2 - changed]).RootElement; // The newest comes first.
                Assert.Equal("update", entry.GetProperty("origin").GetString());
                Assert.Equal(ClusterNodes.NameOf(changed), entry.GetProperty("node").GetString());
                Assert.Equal($"{ClusterNodes.Key.Name}.", entry.GetProperty("key").GetString()!.TrimEnd('.') + ".");
                Assert.StartsWith("127.0.0.1", entry.GetProperty("peer").GetString(), StringComparison.Ordinal);
                Assert.InRange(entry.GetProperty("time").GetDateTimeOffset(), before.AddSeconds(-1), after.AddSeconds(1));
                Assert.Contains($"at {ClusterNodes.NameOf(changed)}", lines[2 - changed], StringComparison.Ordinal);
            }

            string first = DynamicZone.FirstSerial.ToString(CultureInfo.InvariantCulture);
            string last = (DynamicZone.FirstSerial + 3).ToString(CultureInfo.InvariantCulture);
            string diff = (await OursAsync(asked, "diff", DynamicZone.Zone, first, last)).Output;
            Assert.All(Enumerable.Range(0, 3), node => Assert.Contains($"at {ClusterNodes.NameOf(node)}", diff, StringComparison.Ordinal));
        }

        Task<ToolResult> OursAsync(int node, string command, params string[] arguments) => Tool.RunAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "actordns.dll"), command, "-c", nodes.Servers[node].ConfFile, .. arguments]);
    }

    [Fact]
    public async Task Section_5_7_steward_that_was_frozen_past_its_lease_writes_nothing_when_it_wakes()
    {
        await using CopiedZone copied = await CopiedZone.StartAsync();
        ClusterNodes nodes = copied.Nodes;
        await copied.UpdateAsync("add one.copied. 60 A 192.0.2.1");
        await nodes.WaitForSerialAsync(2, CopiedZone.Zone);
        int steward = Assert.Single(Enumerable.Range(0, 3), node => CopiedZone.HasTransferred(nodes, node, 2));

        // It gets the primary's NOTIFY while it is frozen, and finds it when it wakes, believing that it is the steward.
        UnixSignal.Stop.SendTo(nodes.Servers[steward].Process.Id);
        try
        {
            await copied.UpdateAsync("add two.copied. 60 A 192.0.2.1");
            foreach (int node in Enumerable.Range(0, 3).Where(node => node != steward))
                await ClusterNodes.WaitForAsync(async () => await nodes.SerialAsync(node, CopiedZone.Zone) == 3, "the change at those that are awake");
        }
        finally
        {
            UnixSignal.Continue.SendTo(nodes.Servers[steward].Process.Id);
        }

        await nodes.WaitForSerialAsync(3, CopiedZone.Zone);
        Assert.False(CopiedZone.HasTransferred(nodes, steward, 3));
        Assert.Equal("1", await nodes.QueryAsync(
            $"SELECT count(*) FROM journal JOIN zone ON zone.id = zone_id WHERE zone.name LIKE '{CopiedZone.Zone}%' AND serial_to = 3 AND node <> '{ClusterNodes.NameOf(steward)}'"));
        await copied.UpdateAsync("add three.copied. 60 A 192.0.2.1");
        await nodes.WaitForSerialAsync(4, CopiedZone.Zone);
        Assert.Equal(await nodes.RecordsAsync(0, CopiedZone.Zone), await nodes.RecordsAsync(steward, CopiedZone.Zone));
    }
}
