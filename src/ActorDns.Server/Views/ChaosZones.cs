using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Views;

/// <summary>
/// The zones of class CH that tell who we are: <c>version.bind</c>, <c>hostname.bind</c> and <c>id.server</c> (RFC 4892 §2). They are
/// ordinary snapshots of one TXT record, so that everything that holds for zones holds for them.
/// </summary>
public static class ChaosZones
{
    /// <summary>Makes the table; a null text leaves its names out, which refuses them.</summary>
    public static ZoneTable Create(string? version, string? hostName, string? serverId)
    {
        List<ServedZone> zones = [];
        Add(zones, "version.bind.", version);
        Add(zones, "version.server.", version);
        Add(zones, "hostname.bind.", hostName);
        Add(zones, "id.server.", serverId);
        return new ZoneTable(zones);
    }

    private static void Add(List<ServedZone> zones, string name, string? text)
    {
        if (text is null)
            return;
        DomainName origin = DomainName.Parse(name);
        ZoneBuilder builder = new(origin);
        byte[] soa = [.. origin.Wire, .. DomainName.Parse("hostmaster." + name).Wire, .. new byte[20]];
        builder.Add(origin.Wire, RecordType.Soa, 0, soa);
        builder.Add(origin.Wire, RecordType.Ns, 0, origin.Wire);
        builder.Add(origin.Wire, RecordType.Txt, 0, CharacterStrings(text));
        if (!builder.TryBuild(out ZoneSnapshot? snapshot, out ZoneBuildError error))
            throw new InvalidOperationException($"zone '{name}' cannot be built: {error}");
        PublishedZone published = new(origin);
        published.Publish(snapshot);
        zones.Add(new ServedZone { Published = published });
    }

    /// <summary>One or more character-strings of at most 255 octets (RFC 1035 §3.3).</summary>
    private static byte[] CharacterStrings(string text)
    {
        List<byte> rdata = [];
        byte[] octets = Encoding.UTF8.GetBytes(text);
        int at = 0;
        do
        {
            int length = Math.Min(255, octets.Length - at);
            rdata.Add((byte)length);
            rdata.AddRange(octets.AsSpan(at, length));
            at += length;
        }
        while (at < octets.Length);

        return [.. rdata];
    }
}
