using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Loading;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>Zones from master-file text; owners are relative to the origin.</summary>
internal static class TestZone
{
    private const string Head = "$TTL 3600\n@ SOA ns1 hostmaster 7 7200 900 86400 300\n";

    /// <summary>A zone with an SOA whose MINIMUM is 300 and one server, and these records.</summary>
    public static ZoneSnapshot Make(string origin, string records) =>
        Load(origin, Head + "@ NS ns1\nns1 A 192.0.2.1\n" + records);

    public static ZoneSnapshot Load(string origin, string text)
    {
        MemorySource source = new() { { "zone", Encoding.Latin1.GetBytes(text) } };
        ZoneCheckOptions options = new() { IsPrimary = false, Integrity = false, Names = CheckLevel.Ignore };
        ZoneLoadResult result = ZoneLoader.Load(DomainName.Parse(origin), "zone", source, options);
        Assert.True(result.IsLoaded, string.Join('\n', result.Problems));
        return result.Snapshot!;
    }
}
