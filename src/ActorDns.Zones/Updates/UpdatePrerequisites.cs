using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Updates;

/// <summary>The prerequisites of an update against a version of its zone (RFC 2136 §3.2).</summary>
internal static class UpdatePrerequisites
{
    /// <summary>The first that is not satisfied; null when all are.</summary>
    public static UpdateFailure? Check(ZoneSnapshot zone, ReadOnlySpan<UpdateRecord> prerequisites)
    {
        List<UpdateRecord>? values = null;
        foreach (UpdateRecord record in prerequisites)
        {
            if (record.TtlBits != 0)
                return UpdateFailure.Of(Rcode.FormErr, "prerequisite TTL is not zero");
            if (!WireName.IsAtOrBelow(record.Owner, zone.Origin.Wire))
                return UpdateFailure.OfName(Rcode.NotZone, record.Owner, "prerequisite name is out of zone");
            UpdateFailure? failure = null;
            if (record.Class == RecordClass.Any)
                failure = CheckPresent(zone, record);
            else if (record.Class == RecordClass.None)
                failure = CheckAbsent(zone, record);
            else if (record.Class == RecordClass.In)
                (values ??= []).Add(record);
            else
                failure = UpdateFailure.Of(Rcode.FormErr, "malformed prerequisite");
            if (failure is not null)
                return failure;
        }

        return values is null ? null : CheckValues(zone, values);
    }

    private static UpdateFailure? CheckPresent(ZoneSnapshot zone, UpdateRecord record)
    {
        if (!record.Rdata.IsEmpty)
            return UpdateFailure.Of(Rcode.FormErr, "class ANY prerequisite RDATA is not empty");
        if (record.Type != RecordType.Any)
        {
            return HasSet(zone, record) ? null : UpdateFailure.OfSet(
                Rcode.NxRrset, record.Owner, record.Type, "'rrset exists (value independent)' prerequisite not satisfied");
        }

        return IsInUse(zone, record.Owner)
            ? null
            : UpdateFailure.OfName(Rcode.NxDomain, record.Owner, "'name in use' prerequisite not satisfied");
    }

    private static UpdateFailure? CheckAbsent(ZoneSnapshot zone, UpdateRecord record)
    {
        if (!record.Rdata.IsEmpty)
            return UpdateFailure.Of(Rcode.FormErr, "class NONE prerequisite RDATA is not empty");
        if (record.Type != RecordType.Any)
        {
            return !HasSet(zone, record) ? null : UpdateFailure.OfSet(
                Rcode.YxRrset, record.Owner, record.Type, "'rrset does not exist' prerequisite not satisfied");
        }

        return !IsInUse(zone, record.Owner)
            ? null
            : UpdateFailure.OfName(Rcode.YxDomain, record.Owner, "'name not in use' prerequisite not satisfied");
    }

    // Sets are compared whole: sorted as the zone sorts its own, repeated records once.
    private static UpdateFailure? CheckValues(ZoneSnapshot zone, List<UpdateRecord> values)
    {
        values.Sort(Compare);
        int start = 0;
        for (int end = 1; end <= values.Count; end++)
        {
            if (end < values.Count && IsSameSet(values[start], values[end]))
                continue;
            if (!IsWholeSet(zone, values, start, end))
            {
                return UpdateFailure.OfSet(
                    Rcode.NxRrset,
                    values[start].Owner,
                    values[start].Type,
                    "'RRset exists (value dependent)' prerequisite not satisfied");
            }

            start = end;
        }

        return null;
    }

    private static bool IsWholeSet(ZoneSnapshot zone, List<UpdateRecord> values, int start, int end)
    {
        if (!TreeOf(zone, values[start].Type).TryFind(values[start].Owner, out NameView name))
            return false;
        int at = start;
        foreach (RecordSetView set in name)
        {
            if (set.Type != values[start].Type)
                continue;
            foreach (ReadOnlySpan<byte> rdata in set)
            {
                if (at == end || RdataOrder.Compare(set.Type.Value, rdata, values[at].Rdata) != 0)
                    return false;
                do
                    at++;
                while (at < end && RdataOrder.Compare(set.Type.Value, rdata, values[at].Rdata) == 0);
            }
        }

        return at == end;
    }

    private static int Compare(UpdateRecord left, UpdateRecord right)
    {
        int order = WireName.CompareCanonical(left.Owner, right.Owner);
        if (order == 0)
            order = left.Type.Value - right.Type.Value;
        return order != 0 ? order : RdataOrder.Compare(left.Type.Value, left.Rdata, right.Rdata);
    }

    private static bool IsSameSet(UpdateRecord left, UpdateRecord right) =>
        left.Type == right.Type && WireName.Equal(left.Owner, right.Owner);

    private static bool HasSet(ZoneSnapshot zone, UpdateRecord record) =>
        TreeOf(zone, record.Type).TryFind(record.Owner, out NameView name) && name.TryFind(record.Type, out _);

    // A name in use owns at least one record; an empty non-terminal does not (RFC 2136 §2.4.4).
    private static bool IsInUse(ZoneSnapshot zone, ReadOnlySpan<byte> owner) =>
        zone.Names.TryFind(owner, out NameView name) && name.SetCount > 0;

    private static ZoneTree TreeOf(ZoneSnapshot zone, RecordType type) =>
        type == RecordType.Nsec3 ? zone.Nsec3Names : zone.Names;
}
