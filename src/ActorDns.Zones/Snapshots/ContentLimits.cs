using ActorDns.Protocol.Names;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>How much a zone may hold; 0 stands for any number.</summary>
/// <param name="Records">Records in all (<c>max-records</c>).</param>
/// <param name="RecordsPerType">Records of one owner and type (<c>max-records-per-type</c>).</param>
/// <param name="TypesPerName">Record sets of one owner (<c>max-types-per-name</c>).</param>
public readonly record struct ContentLimits(long Records, int RecordsPerType, int TypesPerName)
{
    /// <summary>What of a zone breaks a limit, in words; null when nothing does.</summary>
    public string? FindExcess(ZoneSnapshot zone)
    {
        if (OfCount(zone) is { } tooMany)
            return tooMany;
        if (RecordsPerType == 0 && TypesPerName == 0)
            return null;
        foreach (ZoneTree tree in (ReadOnlySpan<ZoneTree>)[zone.Names, zone.Nsec3Names])
        {
            TreeWalk walk = tree.Walk();
            while (walk.MoveNext())
            {
                if (OfName(walk.Current) is { } excess)
                    return excess;
            }
        }

        return null;
    }

    /// <summary>What of the names that a change added to breaks a limit, in words; null when nothing does.</summary>
    /// <param name="zone">The zone with the change.</param>
    /// <param name="change">The change.</param>
    public string? FindExcess(ZoneSnapshot zone, ZoneChange change)
    {
        if (OfCount(zone) is { } tooMany)
            return tooMany;
        ReadOnlySpan<byte> last = [];
        foreach (ChangeRecord record in change.Added)
        {
            if (WireName.Equal(last, record.Owner))
                continue;
            last = record.Owner;
            if (zone.Names.TryFind(last, out NameView name) && OfName(name) is { } excess)
                return excess;
        }

        return null;
    }

    private string? OfCount(ZoneSnapshot zone) => Records > 0 && zone.RecordCount > Records
        ? $"records in zone ({zone.RecordCount}) exceeds max-records ({Records})"
        : null;

    private string? OfName(NameView name)
    {
        if (TypesPerName > 0 && name.SetCount > TypesPerName)
            return $"{NameText.ToText(name.Owner, keepFinalDot: false)}: {name.SetCount} types exceed max-types-per-name ({TypesPerName})";
        if (RecordsPerType == 0 || name.RecordCount <= RecordsPerType)
            return null;
        foreach (RecordSetView set in name)
        {
            if (set.Count > RecordsPerType)
            {
                string owner = NameText.ToText(name.Owner, keepFinalDot: false);
                return $"{owner}/{set.Type}: {set.Count} records exceed max-records-per-type ({RecordsPerType})";
            }
        }

        return null;
    }
}
