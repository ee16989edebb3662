using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>What a loaded zone of mixed records may cost, in the collector's heap and outside it. Nothing else runs meanwhile.</summary>
[Collection(nameof(MemoryBudgetTests))]
[CollectionDefinition(nameof(MemoryBudgetTests), DisableParallelization = true)]
public sealed class MemoryBudgetTests
{
    private const int BytesPerRecord = 200;
    private const int BytesPerName = 150;
    private const long ManagedBytesPerZone = 1 << 20;

    private static readonly int Names = Environment.GetEnvironmentVariable("ACTORDNS_TEST_SIZE") == "long" ? 800_000 : 80_000;

    [Fact]
    public void Zone_of_mixed_records_keeps_to_its_budget()
    {
        MemorySource source = new() { { "mixed.zone", Text() } };
        Load(source, out ZoneSnapshot unmeasured); // Makes what is made once and belongs to no zone.
        SnapshotReclaimer.Discard(unmeasured);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Load(source, out ZoneSnapshot zone);
        long managed = GC.GetTotalMemory(forceFullCollection: true) - before;
        long native = zone.Arena.BytesReserved;
        string found = $"{zone.RecordCount} records, {zone.NameCount} names, {native} octets outside the heap, {managed} inside";

        Assert.True(zone.RecordCount >= Names + (Names / 4), found);
        Assert.True(native >= zone.RecordCount * 16, found); // Less than the records themselves would mean that the wrong thing is counted.
        Assert.True(managed < ManagedBytesPerZone, found);
        Assert.True(native + managed < zone.RecordCount * BytesPerRecord, found);
        Assert.True(native + managed < zone.NameCount * BytesPerName, found);
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        SnapshotReclaimer.Discard(zone);
        GC.KeepAlive(source);
    }

    private static void Load(MemorySource source, out ZoneSnapshot zone)
    {
        ZoneLoadResult result = ZoneLoader.Load(DomainName.Parse("mixed.test."), "mixed.zone", source, new ZoneCheckOptions());
        zone = result.Snapshot ?? throw new InvalidOperationException(string.Join('\n', result.Problems));
    }

    /// <summary>Five records for every four names: addresses of both kinds, text, mail, aliases, delegations with glue.</summary>
    private static string Text()
    {
        StringBuilder text = new("$TTL 1h\n@ SOA ns hostmaster 1 1h 15m 1w 5m\n@ NS ns\nns A 192.0.2.1\n");
        for (int i = 0; i < Names; i++)
        {
            string address = string.Create(CultureInfo.InvariantCulture, $"10.{(i >> 16) & 255}.{(i >> 8) & 255}.{i & 255}");
            string line = (i % 8) switch
            {
                < 3 => $"host{i} A {address}\n",
                3 => $"host{i} A {address}\n AAAA 2001:db8::{i >> 16:x}:{i & 0xFFFF:x}\n",
                4 => $"host{i} AAAA 2001:db8::{i >> 16:x}:{i & 0xFFFF:x}\n",
                5 => $"host{i} TXT \"v=spf1 ip4:{address} -all\"\n",
                6 => $"host{i} MX 10 host{i - 6}\n MX 20 host{i - 5}\n",
                _ => i % 16 == 7 ? $"host{i} CNAME host{i - 7}\n" : $"sub{i} NS ns.sub{i}\nns.sub{i} A {address}\n",
            };
            text.Append(line);
        }

        return text.ToString();
    }
}
