using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Updates;

/// <summary>
/// Makes the changes of one update section in an editor (RFC 2136 §3.4.2). Records are taken name by name: one acts on nothing but its own
/// name, so that only the order within a name matters.
/// </summary>
internal sealed class UpdateApplication(SnapshotEditor editor, UpdateSettings settings, int[]? maxRecords)
{
    private const int WksKeyBytes = 5;
    private const byte OptOut = 1;

    private readonly List<UpdateNote> _notes = [];
    private readonly ZoneSnapshot _basis = editor.Basis;

    /// <summary>Records that were ignored or altered, in the order of the message.</summary>
    public IReadOnlyList<UpdateNote> Notes
    {
        get
        {
            _notes.Sort((left, right) => left.Index - right.Index);
            return _notes;
        }
    }

    /// <summary>Takes all records; null, or the limit that was passed: then the editor must be disposed.</summary>
    public UpdateFailure? Apply(ReadOnlySpan<UpdateRecord> updates)
    {
        long[] entries = UpdateOrder.NameByName(updates);
        for (int i = 0; i < entries.Length; i++)
        {
            int index = UpdateOrder.PlaceOf(entries[i]);
            UpdateRecord record = updates[index];
            UpdateFailure? failure = null;
            if (record.Class == RecordClass.In)
                failure = Add(record, index);
            else if (record.Class == RecordClass.None)
                RemoveRecord(record, index);
            else if (record.Type == RecordType.Any)
                RemoveAll(record);
            else
                RemoveSet(record, index);
            if (failure is not null)
                return failure;
            if (i + 1 == entries.Length || !UpdateOrder.IsSameName(entries[i], entries[i + 1]))
                RemoveOrphan(record);
        }

        long records = editor.PeekNames().Root!.Counts.Records + (editor.PeekNsec3Names().Root?.Counts.Records ?? 0);
        return settings.MaxRecords > 0 && records > settings.MaxRecords && records > _basis.RecordCount
            ? new UpdateFailure(Rcode.ServFail, $"records in zone ({records}) exceeds max-records ({settings.MaxRecords})")
            : null;
    }

    private bool IsApex(UpdateRecord record) => record.Owner.Length == _basis.Origin.Wire.Length;

    private UpdateFailure? Add(UpdateRecord record, int index)
    {
        NameContent content = editor.Open(record.Owner, record.Type, record.Rdata);
        if (ReasonToIgnore(record, content) is { } reason)
        {
            Note(reason, record, index);
            return null;
        }

        int max = maxRecords?[index] ?? 0;
        if (max > 0 && content.RecordCount(record.Type) >= max)
        {
            Note(UpdateNoteKind.PolicyMaximum, record, index, (uint)max);
            return null;
        }

        if (HostNames.HasInnerWildcard(record.Owner))
            Note(UpdateNoteKind.InnerWildcard, record, index);
        if (settings.CheckNames == CheckLevel.Warn && UpdateChecks.HasBadName(record))
            Note(UpdateNoteKind.BadHostName, record, index);
        uint ttl = record.Ttl;
        if (settings.MaxTtlSeconds is { } longest && ttl > longest)
        {
            ttl = longest;
            Note(UpdateNoteKind.TtlCut, record, index, longest);
        }

        MakeRoom(content, record);
        return Add(content, record, ttl);
    }

    private UpdateFailure? Add(NameContent content, UpdateRecord record, uint ttl)
    {
        int sets = content.SetCount;
        AddResult result = content.Add(record.Type, ttl, record.Rdata);
        if (!result.IsAccepted())
            return UpdateFailure.OfSet(Rcode.ServFail, record.Owner, record.Type, $"cannot be added: {result}");
        RecordType covered = NameContent.CoveredBy(record.Type, record.Rdata);
        content.SetTtl(record.Type, ttl, covered);
        if (result == AddResult.Duplicate)
            return null;
        int records = content.RecordCount(record.Type, covered);
        if (settings.MaxRecordsPerType > 0 && records > settings.MaxRecordsPerType)
            return TooMany(record, $"records exceed max-records-per-type ({settings.MaxRecordsPerType})");
        return settings.MaxTypesPerName > 0 && content.SetCount > sets && content.SetCount > settings.MaxTypesPerName
            ? TooMany(record, $"types exceed max-types-per-name ({settings.MaxTypesPerName})")
            : null;
    }

    private static UpdateFailure TooMany(UpdateRecord record, string why) =>
        UpdateFailure.OfSet(Rcode.ServFail, record.Owner, record.Type, why);

    private UpdateNoteKind? ReasonToIgnore(UpdateRecord record, NameContent content)
    {
        RecordType type = record.Type;
        if (type == RecordType.Md || type == RecordType.Mf)
            return UpdateNoteKind.ObsoleteType;
        if ((type == RecordType.Ns || type == RecordType.Dname) && WireName.IsWildcard(record.Owner))
            return UpdateNoteKind.WildcardDelegation;
        if (!content.CanStandBeside(type))
            return type == RecordType.Cname ? UpdateNoteKind.CnameBesideOthers : UpdateNoteKind.OthersBesideCname;
        if (type == RecordType.Soa)
        {
            if (!IsApex(record))
                return UpdateNoteKind.SecondSoa;
            // Newer than what this update made of it too: several steps could lead round to where they began.
            Serial current = new SoaData(content.RdataAt(RecordType.Soa, 0)).Serial;
            Serial wanted = new SoaData(record.Rdata).Serial;
            return wanted.IsNewerThan(current) && wanted.IsNewerThan(_basis.Serial) ? null : UpdateNoteKind.SoaNotNewer;
        }

        if (type == RecordType.Ds && IsApex(record))
            return UpdateNoteKind.ParentTypeAtApex;
        if (type == settings.PrivateType)
            return UpdateNoteKind.PrivateType;
        return type == RecordType.Nsec3Param && (record.Rdata[1] & ~OptOut) != 0 ? UpdateNoteKind.Nsec3ParamFlags : null;
    }

    // Takes away what the record replaces (RFC 2136 §3.4.2.2): a set of one, or WKS of the same address and protocol.
    private static void MakeRoom(NameContent content, UpdateRecord record)
    {
        RecordType type = record.Type;
        if (type == RecordType.Soa || type == RecordType.Cname || type == RecordType.Dname)
        {
            content.Remove(type);
            return;
        }

        if (type != RecordType.Wks)
            return;
        for (int at = content.RecordCount(type) - 1; at >= 0; at--)
        {
            ReadOnlySpan<byte> rdata = content.RdataAt(type, at);
            if (rdata[..WksKeyBytes].SequenceEqual(record.Rdata[..WksKeyBytes]))
                content.Remove(type, rdata);
        }
    }

    private void RemoveRecord(UpdateRecord record, int index)
    {
        if (record.Type == RecordType.Soa)
        {
            Note(UpdateNoteKind.SoaRemoval, record, index);
            return;
        }

        NameContent content = editor.Open(record.Owner, record.Type, record.Rdata);
        if (record.Type == RecordType.Ns && IsApex(record) && content.RecordCount(RecordType.Ns) == 1)
            Note(UpdateNoteKind.LastNsRemoval, record, index);
        else
            content.Remove(record.Type, record.Rdata);
    }

    private void RemoveSet(UpdateRecord record, int index)
    {
        if (IsApex(record) && (record.Type == RecordType.Soa || record.Type == RecordType.Ns))
        {
            Note(UpdateNoteKind.ApexSetRemoval, record, index);
            return;
        }

        RecordType type = record.Type;
        editor.Open(record.Owner).RemoveWhere(found => found == type);
    }

    // DS stands at a delegation (RFC 4035 §2.4): what is left of one, or was never one, keeps none.
    private void RemoveOrphan(UpdateRecord last)
    {
        NameContent content = editor.Open(last.Owner);
        if (content.RecordCount(RecordType.Ds) > 0 && content.RecordCount(RecordType.Ns) == 0)
            content.Remove(RecordType.Ds);
    }

    private void RemoveAll(UpdateRecord record)
    {
        NameContent content = editor.Open(record.Owner);
        if (IsApex(record))
            content.RemoveWhere(type => type != RecordType.Soa && type != RecordType.Ns);
        else
            content.Clear();
    }

    private void Note(UpdateNoteKind kind, UpdateRecord record, int index, uint number = 0) =>
        _notes.Add(new UpdateNote(kind, index, DomainName.FromWire(record.Owner), record.Type, number));
}
