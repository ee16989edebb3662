using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Tree;

namespace ActorDns.Server.Answering;

/// <summary>
/// Writes a planned reply: section after section, set after set, each set whole with its signatures or not at all (RFC 2181 §9).
/// Looks nothing up.
/// </summary>
public static class AnswerWriter
{
    /// <summary>Most wire places that a pointer can name (RFC 1035 §4.1.4).</summary>
    private const int PointerReach = 0x4000;

    /// <summary>
    /// Writes the sections of <paramref name="plan"/> after the question. False when something that the client needs found no room,
    /// so that TC must be set; optional additional data is left out silently.
    /// </summary>
    public static bool TryWrite(AnswerPlan plan, RecordClass recordClass, ref MessageWriter writer) =>
        TryWriteSection(plan, AnswerSection.Answer, recordClass, ref writer)
        && TryWriteSection(plan, AnswerSection.Authority, recordClass, ref writer)
        && TryWriteSection(plan, AnswerSection.Additional, recordClass, ref writer)
        && !plan.IsIncomplete;

    private static bool TryWriteSection(
        AnswerPlan plan, AnswerSection section, RecordClass recordClass, ref MessageWriter writer)
    {
        foreach (ref readonly PlanEntry entry in plan.Entries)
        {
            if (entry.Section != section)
                continue;
            (int Position, int Names) mark = writer.Mark;
            int records = WriteEntry(plan, entry, recordClass, ref writer);
            if (records >= 0)
            {
                writer.AddToCount((int)section, records);
                continue;
            }

            writer.Rewind(mark);
            if (section != AnswerSection.Additional || entry.IsRequired)
                return false;
        }

        return true;
    }

    /// <summary>Writes one entry and returns how many records it became; -1 when it did not fit.</summary>
    private static int WriteEntry(
        AnswerPlan plan, in PlanEntry entry, RecordClass recordClass, ref MessageWriter writer)
    {
        int ownerAt = entry.Owner.IsSamePlace(plan.QuestionName) ? MessageHeader.Bytes : writer.Position;
        bool ownerStands = ownerAt == MessageHeader.Bytes;
        if (entry.Set.IsNull)
        {
            bool fits = ownerStands
                ? writer.TryWriteRecordAt(ownerAt, RecordType.Cname, recordClass, entry.Ttl, entry.Target.Wire)
                : writer.TryWriteRecord(entry.Owner.Wire, RecordType.Cname, recordClass, entry.Ttl, entry.Target.Wire);
            return fits ? 1 : -1;
        }

        int records = WriteSet(entry, entry.Set, ownerAt, ownerStands, recordClass, ref writer);
        if (records < 0 || !entry.WithSignatures || !entry.Set.TryGetSignatures(out RecordSetView signatures))
            return records;
        int signed = WriteSet(entry, signatures, ownerAt, ownerAt < PointerReach, recordClass, ref writer);
        return signed < 0 ? -1 : records + signed;
    }

    private static int WriteSet(
        in PlanEntry entry,
        RecordSetView set,
        int ownerAt,
        bool ownerStands,
        RecordClass recordClass,
        ref MessageWriter writer)
    {
        int records = 0;
        RecordType type = set.Type;
        bool isRoot = entry.Owner.Wire.Length == 1; // A pointer to one octet would be longer than the octet.
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            bool fits = ownerStands && !isRoot
                ? writer.TryWriteRecordAt(ownerAt, type, recordClass, entry.Ttl, rdata)
                : writer.TryWriteRecord(entry.Owner.Wire, type, recordClass, entry.Ttl, rdata);
            if (!fits)
                return -1;
            ownerStands = ownerAt < PointerReach;
            records++;
        }

        return records;
    }
}
