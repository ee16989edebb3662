using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Updates;

/// <summary>What tools that manage whole zones send, message by message, where the tools themselves cannot be installed.</summary>
public sealed class ToolSequenceTests
{
    private const string Zone = DynamicZone.Zone;
    private const int BatchChanges = 1_000;
    private const int ParallelResources = 10;

    /// <summary>dnscontrol parks a name server at the apex while it changes the others, and removes a whole name to end an alias.</summary>
    [Fact]
    public async Task Dnscontrol_exchanges_all_name_servers_and_an_alias_for_an_address()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);
        await UpdateAsync(client, "add example. 300 NS dnscontrol.invalid.");
        await UpdateAsync(client, "del example. NS ns1.example.", "del example. NS ns2.example.", "add example. 300 NS ns.other.");
        await UpdateAsync(client, "del example. NS dnscontrol.invalid.");
        await UpdateAsync(client, "del alias.example.", "add alias.example. 300 A 192.0.2.5");
        await UpdateAsync(client, "del alias.example.", "add alias.example. 300 CNAME www.example.");
        string[] records = await zone.TransferAsync();
        Assert.Equal(["example. 300 IN NS ns.other."], records.Where(record => record.Contains("example. 300 IN NS ", StringComparison.Ordinal)));
        Assert.Single(records, record => record.StartsWith("example. ", StringComparison.Ordinal) && record.Contains(" NS ", StringComparison.Ordinal));
        Assert.Equal(["300 IN CNAME www.example."], records.Where(IsAlias).Select(record => record[(record.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        Assert.Equal(DynamicZone.FirstSerial + 5, await zone.SerialAsync());

        // The last name server stays, whatever is asked for.
        await UpdateAsync(client, "del example. NS ns.other.", "del example. NS");
        Assert.Equal(DynamicZone.FirstSerial + 5, await zone.SerialAsync());

        static bool IsAlias(string record) => record.StartsWith("alias.", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>octoDNS reads the zone by AXFR and sends a thousand changes in a message, each set removed and added.</summary>
    [Fact]
    public async Task OctoDNS_replaces_a_thousand_sets_in_one_message_as_one_version()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);
        await UpdateAsync(client, [.. Enumerable.Range(0, BatchChanges).Select(i => $"add h{i}.example. 60 A 192.0.2.1")]);
        await UpdateAsync(client, [.. Enumerable.Range(0, BatchChanges).SelectMany(
            i => new[] { $"del h{i}.example. A", $"add h{i}.example. 120 A 192.0.2.2" })]);
        string[] hosts = [.. (await ZoneReader.ReadAsync(zone.Server.EndPoint, Zone)).Where(record => record[0] == 'h')];
        Assert.Equal(BatchChanges, hosts.Length);
        Assert.All(hosts, host => Assert.EndsWith(" 120 in a 192.0.2.2", host, StringComparison.Ordinal));
        Assert.Equal(DynamicZone.FirstSerial + 2, await zone.SerialAsync());

        // The same plan again is no change.
        await UpdateAsync(client, [.. Enumerable.Range(0, BatchChanges).SelectMany(
            i => new[] { $"del h{i}.example. A", $"add h{i}.example. 120 A 192.0.2.2" })]);
        Assert.Equal(DynamicZone.FirstSerial + 2, await zone.SerialAsync());
    }

    /// <summary>Terraform works on ten resources at a time, reads each back at once, and changes a TTL by removing and making anew.</summary>
    [Fact]
    public async Task Terraform_changes_ten_resources_of_a_zone_at_once_and_reads_each_back()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, ParallelResources).Select(resource => Task.Run(async () =>
        {
            string name = $"r{resource}.example.";
            using SignedClient client = SignedClient.ConnectUdp(zone.Server.EndPoint, DynamicZone.Key);
            using WireClient reader = new(zone.Server.EndPoint);
            for (int i = 1; i <= 20; i++)
            {
                await UpdateAsync(client, $"add {name} {i} A 192.0.2.{i}");
                Assert.Equal([$"{name} {i} in a 192.0.2.{i}"], Read());
                await UpdateAsync(client, $"del {name} A 192.0.2.{i}");
                Assert.Empty(Read());
            }

            string[] Read() => Reply.Read(reader.AskUdp(
                new Query(name, RecordType.A, 0, WantsDnssec: false, WantsRecursion: false, OverTcp: false).Build(7))).Answer;
        })));
        Assert.Equal(DynamicZone.FirstSerial + (ParallelResources * 40), await zone.SerialAsync());
    }

    private static async Task UpdateAsync(SignedClient client, params string[] lines) =>
        Assert.Equal("NOERROR", $"{await client.UpdateAsync(Zone, lines)}");
}
