using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Updates;

/// <summary>Asks a policy about one record of the update section, each form in BIND's way.</summary>
internal static class UpdatePermission
{
    /// <summary>Null when the record is permitted; <paramref name="max"/> is how many such records may exist, 0 for any number.</summary>
    public static UpdateFailure? Check(
        ZoneSnapshot zone, in UpdateRequester requester, UpdatePolicy policy, UpdateRecord record, out int max)
    {
        max = 0;
        if (record.Class == RecordClass.Any && record.Type == RecordType.Any)
            return CheckWholeName(zone, requester, policy, record);
        if (IsPointing(record.Type) && record.Class != RecordClass.In && !Exists(zone, record))
            return null;
        PolicyDecision decision = policy.Decide(requester, zone.Origin.Wire, record.Owner, record.Type);
        max = decision.MaxRecords;
        return decision.IsGranted ? null : Denied(policy, decision, record, record.Type);
    }

    // Every type that is there must be permitted, but those that signing maintains and that go with what they belong to.
    private static UpdateFailure? CheckWholeName(
        ZoneSnapshot zone, in UpdateRequester requester, UpdatePolicy policy, UpdateRecord record)
    {
        if (!zone.Names.TryFind(record.Owner, out NameView name))
            return null;
        foreach (RecordSetView set in name)
        {
            if (set.Type == RecordType.Rrsig || set.Type == RecordType.Nsec)
                continue;
            PolicyDecision decision = policy.Decide(requester, zone.Origin.Wire, record.Owner, set.Type);
            if (!decision.IsGranted)
                return Denied(policy, decision, record, set.Type);
        }

        return null;
    }

    // The types whose target some rules look at; removing what is not there needs no permission.
    private static bool IsPointing(RecordType type) => type == RecordType.Ptr || type == RecordType.Srv;

    private static bool Exists(ZoneSnapshot zone, UpdateRecord record)
    {
        if (!zone.Names.TryFind(record.Owner, out NameView name) || !name.TryFind(record.Type, out RecordSetView set))
            return false;
        if (record.Class == RecordClass.Any)
            return true;
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            if (RdataOrder.Compare(record.Type.Value, rdata, record.Rdata) == 0)
                return true;
        }

        return false;
    }

    private static UpdateFailure Denied(UpdatePolicy policy, PolicyDecision decision, UpdateRecord record, RecordType type) =>
        UpdateFailure.Of(Rcode.Refused, "rejected by secure update") with
        {
            Rule = $"{NameText.ToText(record.Owner, keepFinalDot: false)}/{type}: {policy.Describe(decision)}",
        };
}
