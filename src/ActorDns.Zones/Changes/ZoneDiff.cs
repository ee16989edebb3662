using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Changes;

/// <summary>What changed between two versions of a zone, names in canonical order, those of NSEC3 last.</summary>
public static class ZoneDiff
{
    /// <summary>
    /// Compares two versions that are held by leases or not yet published, of one lineage or loaded apart. Their serials may be anything.
    /// </summary>
    public static ZoneChange Between(ZoneSnapshot before, ZoneSnapshot after)
    {
        ZoneChangeBuilder builder = new();
        Collect(builder, before.Names, after.Names);
        Collect(builder, before.Nsec3Names, after.Nsec3Names);
        builder.SetOldSoa(before.Apex.Owner, before.Soa.Ttl, before.Soa.First);
        builder.SetNewSoa(after.Apex.Owner, after.Soa.Ttl, after.Soa.First);
        return builder.Build();
    }

    /// <summary>Adds what differs between two trees, the SOA apart, to a change.</summary>
    internal static void Collect(ZoneChangeBuilder builder, ZoneTree before, ZoneTree after)
    {
        foreach ((NameView old, NameView fresh) in TreeDiff.Between(before, after).Names)
        {
            if (old.IsNull || fresh.IsNull || !old.Owner.SequenceEqual(fresh.Owner))
            {
                RemoveAll(builder, old);
                AddAll(builder, fresh);
            }
            else
            {
                CompareSets(builder, old, fresh);
            }
        }
    }

    private static void CompareSets(ZoneChangeBuilder builder, NameView old, NameView fresh)
    {
        NameView.Enumerator olds = old.GetEnumerator();
        NameView.Enumerator freshs = fresh.GetEnumerator();
        bool hasOld = olds.MoveNext();
        bool hasFresh = freshs.MoveNext();
        while (hasOld || hasFresh)
        {
            int order = !hasOld ? 1 : !hasFresh ? -1 : Order(olds.Current) - Order(freshs.Current);
            if (order < 0)
                Remove(builder, old.Owner, olds.Current);
            else if (order > 0)
                Add(builder, fresh.Owner, freshs.Current);
            else
                CompareRecords(builder, old.Owner, olds.Current, freshs.Current);
            if (order <= 0)
                hasOld = olds.MoveNext();
            if (order >= 0)
                hasFresh = freshs.MoveNext();
        }
    }

    private static int Order(RecordSetView set) => NameBlock.SetOrder(set.Type.Value, set.Covered.Value);

    private static void CompareRecords(ZoneChangeBuilder builder, ReadOnlySpan<byte> owner, RecordSetView old, RecordSetView fresh)
    {
        if (old.Type == RecordType.Soa)
            return;
        if (old.Ttl != fresh.Ttl)
        {
            Remove(builder, owner, old);
            Add(builder, owner, fresh);
            return;
        }

        RecordSetView.Enumerator olds = old.GetEnumerator();
        RecordSetView.Enumerator freshs = fresh.GetEnumerator();
        bool hasOld = olds.MoveNext();
        bool hasFresh = freshs.MoveNext();
        while (hasOld || hasFresh)
        {
            int order = !hasOld ? 1 : !hasFresh ? -1 : RdataOrder.Compare(old.Type.Value, olds.Current, freshs.Current);
            bool isOtherCase = order == 0 && !olds.Current.SequenceEqual(freshs.Current);
            if (order < 0 || isOtherCase)
                builder.Remove(owner, old.Type, old.Ttl, olds.Current);
            if (order > 0 || isOtherCase)
                builder.Add(owner, fresh.Type, fresh.Ttl, freshs.Current);
            if (order <= 0)
                hasOld = olds.MoveNext();
            if (order >= 0)
                hasFresh = freshs.MoveNext();
        }
    }

    private static void RemoveAll(ZoneChangeBuilder builder, NameView name)
    {
        if (name.IsNull)
            return;
        foreach (RecordSetView set in name)
            Remove(builder, name.Owner, set);
    }

    private static void AddAll(ZoneChangeBuilder builder, NameView name)
    {
        if (name.IsNull)
            return;
        foreach (RecordSetView set in name)
            Add(builder, name.Owner, set);
    }

    private static void Remove(ZoneChangeBuilder builder, ReadOnlySpan<byte> owner, RecordSetView set)
    {
        if (set.Type == RecordType.Soa)
            return;
        foreach (ReadOnlySpan<byte> rdata in set)
            builder.Remove(owner, set.Type, set.Ttl, rdata);
    }

    private static void Add(ZoneChangeBuilder builder, ReadOnlySpan<byte> owner, RecordSetView set)
    {
        if (set.Type == RecordType.Soa)
            return;
        foreach (ReadOnlySpan<byte> rdata in set)
            builder.Add(owner, set.Type, set.Ttl, rdata);
    }
}
