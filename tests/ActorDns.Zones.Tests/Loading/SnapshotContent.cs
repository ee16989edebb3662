using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Loading;

/// <summary>All records of a snapshot, octet by octet, in the order of the tree.</summary>
internal static class SnapshotContent
{
    public static List<string> Of(ZoneSnapshot zone)
    {
        List<string> content = [];
        foreach (NameView name in zone.Names.Walk())
            Add(name, content);
        foreach (NameView name in zone.Nsec3Names.Walk())
            Add(name, content);
        return content;
    }

    private static void Add(NameView name, List<string> content)
    {
        content.Add(Convert.ToHexString(name.Owner));
        foreach (RecordSetView set in name)
            content.Add($"{set.Type} {set.Covered} {set.Ttl} {Convert.ToHexString(set.Packed)}");
    }
}
