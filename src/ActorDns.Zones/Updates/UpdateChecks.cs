using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Updates;

/// <summary>
/// What is checked of an update before its prerequisites, in the order of BIND: the zone, who may ask, who may write, whether anybody may
/// at present, then every record of the update section (RFC 2136 §3.3, §3.4.1).
/// </summary>
internal static class UpdateChecks
{
    /// <summary>Checks zone and requester; null when all is well.</summary>
    public static UpdateFailure? CheckRequest(ZoneSnapshot zone, UpdateRequest request, UpdateSettings settings)
    {
        UpdateMessage message = request.Message;
        if (message.Zone != zone.Origin || message.ZoneClass != RecordClass.In)
            return UpdateFailure.OfName(Rcode.NotAuth, message.Zone.Wire, "not authoritative for update zone");
        string what = $"update '{zone.Origin.ToLogString()}/IN' denied";
        MatchResult query = settings.AllowQuery.Match(request.Requester.Subject());
        if (!query.IsAllowed)
            return new UpdateFailure(Rcode.Refused, $"{what} due to allow-query", $"allow-query: {query.RuleText}");
        if (settings.Policy is null)
        {
            MatchResult update = settings.AllowUpdate.Match(request.Requester.Subject());
            if (!update.IsAllowed)
                return new UpdateFailure(Rcode.Refused, what, $"allow-update: {update.RuleText}");
        }
        else if (request.Requester.Key is null && !request.Requester.IsStream)
        {
            return new UpdateFailure(Rcode.Refused, what, "update-policy: neither signed nor over TCP");
        }

        return settings.Closed is null ? null : new UpdateFailure(Rcode.Refused, settings.Closed);
    }

    /// <summary>
    /// Checks every record of the update section. <paramref name="maxRecords"/> gets for each how many records the policy lets exist;
    /// it stays null where no rule has such a limit.
    /// </summary>
    public static UpdateFailure? Prescan(
        ZoneSnapshot zone, UpdateRequest request, UpdateSettings settings, out int[]? maxRecords)
    {
        maxRecords = null;
        ReadOnlySpan<UpdateRecord> updates = request.Message.Updates;
        for (int index = 0; index < updates.Length; index++)
        {
            UpdateRecord record = updates[index];
            UpdateFailure? failure = CheckForm(zone, record, settings) ?? CheckSigningTypes(zone, record);
            if (failure is not null)
                return failure;
            if (settings.Policy is null)
                continue;
            failure = UpdatePermission.Check(zone, request.Requester, settings.Policy, record, out int max);
            if (failure is not null)
                return failure;
            if (max > 0)
                (maxRecords ??= new int[updates.Length])[index] = max;
        }

        return null;
    }

    private static UpdateFailure? CheckForm(ZoneSnapshot zone, UpdateRecord record, UpdateSettings settings)
    {
        if (!WireName.IsAtOrBelow(record.Owner, zone.Origin.Wire))
            return UpdateFailure.Of(Rcode.NotZone, "update RR is outside zone");
        bool isMeta = record.Type.IsMeta;
        if (record.Class == RecordClass.In)
        {
            if (isMeta)
                return UpdateFailure.Of(Rcode.FormErr, "meta-RR in update");
            if (settings.CheckNames == CheckLevel.Fail && HasBadName(record))
                return UpdateFailure.OfSet(Rcode.Refused, record.Owner, record.Type, "bad name (check-names)");
            return null;
        }

        if (record.Class == RecordClass.Any)
        {
            bool isOfForm = record.TtlBits == 0 && record.Rdata.IsEmpty && (!isMeta || record.Type == RecordType.Any);
            return isOfForm ? null : UpdateFailure.Of(Rcode.FormErr, "meta-RR in update");
        }

        if (record.Class == RecordClass.None)
            return record.TtlBits == 0 && !isMeta ? null : UpdateFailure.Of(Rcode.FormErr, "meta-RR in update");
        return UpdateFailure.Of(Rcode.FormErr, $"update RR has incorrect class {record.Class.Value}");
    }

    /// <summary>True for names that <c>check-names</c> finds fault with.</summary>
    internal static bool HasBadName(UpdateRecord record) =>
        !HostNames.IsGoodOwner(record.Type, record.Owner)
        || HostNames.TryFindBadTarget(record.Type, record.Owner, record.Rdata, out _);

    private static UpdateFailure? CheckSigningTypes(ZoneSnapshot zone, UpdateRecord record)
    {
        string? why =
            record.Type == RecordType.Nsec3 ? "explicit NSEC3 updates are not allowed in secure zones"
            : record.Type == RecordType.Nsec ? "explicit NSEC updates are not allowed in secure zones"
            : record.Type == RecordType.Sig ? "SIG updates are not allowed"
            : record.Type == RecordType.Nxt ? "NXT updates are not allowed"
            : record.Type == RecordType.Rrsig && record.Owner.Length != zone.Origin.Wire.Length
                ? "explicit RRSIG updates are currently not supported in secure zones except at the apex"
            : null;
        return why is null ? null : UpdateFailure.Of(Rcode.Refused, why);
    }
}
