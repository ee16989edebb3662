using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Changes;

/// <summary>
/// What changed between two versions of a zone, as one difference sequence of IXFR: old SOA, removed records, new SOA, added records
/// (RFC 1995 §4). Another TTL, or another case of a name, is a removal and an addition. Immutable.
/// </summary>
public sealed class ZoneChange
{
    private readonly int _removedAt;
    private readonly int _newSoaAt;
    private readonly int _addedAt;

    /// <summary>Takes octets that are known to be a difference sequence.</summary>
    internal ZoneChange(ReadOnlyMemory<byte> wire, int newSoaAt, int removedCount, int addedCount)
    {
        Wire = wire;
        RemovedCount = removedCount;
        AddedCount = addedCount;
        _newSoaAt = newSoaAt;
        _removedAt = OldSoa.Wire.Length;
        _addedAt = newSoaAt + NewSoa.Wire.Length;
        SerialFrom = new SoaData(OldSoa.Rdata).Serial;
        SerialTo = new SoaData(NewSoa.Rdata).Serial;
    }

    /// <summary>Serial of the version that the change starts from.</summary>
    public Serial SerialFrom { get; }

    /// <summary>Serial of the version that the change leads to.</summary>
    public Serial SerialTo { get; }

    /// <summary>The difference sequence: records of class IN in uncompressed wire form, one after the other.</summary>
    public ReadOnlyMemory<byte> Wire { get; }

    /// <summary>The name of the zone, in uncompressed wire form.</summary>
    public ReadOnlySpan<byte> Origin => OldSoa.Owner;

    /// <summary>Number of removed records, the SOA apart.</summary>
    public int RemovedCount { get; }

    /// <summary>Number of added records, the SOA apart.</summary>
    public int AddedCount { get; }

    /// <summary>Number of records in the sequence, both SOAs included.</summary>
    public int RecordCount => RemovedCount + AddedCount + 2;

    /// <summary>True when both versions are the same in every octet.</summary>
    public bool IsEmpty => RemovedCount == 0 && AddedCount == 0 && OldSoa.Wire.SequenceEqual(NewSoa.Wire);

    /// <summary>The SOA of the version that the change starts from.</summary>
    public ChangeRecord OldSoa => RecordWire.First(Wire.Span);

    /// <summary>The SOA of the version that the change leads to.</summary>
    public ChangeRecord NewSoa => RecordWire.First(Wire.Span[_newSoaAt..]);

    /// <summary>The removed records, the old SOA apart.</summary>
    public ChangeRecords Removed => new(Wire.Span[_removedAt.._newSoaAt]);

    /// <summary>The added records, the new SOA apart.</summary>
    public ChangeRecords Added => new(Wire.Span[_addedAt..]);

    /// <summary>The record of the sequence that begins at an offset in <see cref="Wire"/>: 0, or behind a record before.</summary>
    public ChangeRecord RecordAt(int offset) => RecordWire.First(Wire.Span[offset..]);

    /// <summary>
    /// Takes octets from anywhere: false unless they are one whole difference sequence of one zone, every record in the form of its type.
    /// The octets are kept, not copied.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> wire, [NotNullWhen(true)] out ZoneChange? change)
    {
        change = null;
        ReadOnlySpan<byte> octets = wire.Span;
        if (!RecordWire.TryReadFirst(octets, out ChangeRecord oldSoa) || oldSoa.Type != RecordType.Soa)
            return false;
        int newSoaAt = 0;
        int removed = 0;
        int added = 0;
        for (int at = oldSoa.Wire.Length; at < octets.Length;)
        {
            if (!RecordWire.TryReadFirst(octets[at..], out ChangeRecord record)
                || !WireName.IsAtOrBelow(record.Owner, oldSoa.Owner))
            {
                return false;
            }

            if (record.Type == RecordType.Soa)
            {
                if (newSoaAt != 0 || record.Owner.Length != oldSoa.Owner.Length)
                    return false;
                newSoaAt = at;
            }
            else if (newSoaAt == 0)
            {
                removed++;
            }
            else
            {
                added++;
            }

            at += record.Wire.Length;
        }

        if (newSoaAt == 0)
            return false;
        change = new ZoneChange(wire, newSoaAt, removed, added);
        return true;
    }

    /// <summary>
    /// Several changes, each starting where the one before it ended, as one (RFC 1995 §6): what was added and removed again is in it no
    /// more. False when they do not follow each other, or there is none.
    /// </summary>
    public static bool TryCondense(IReadOnlyList<ZoneChange> changes, [NotNullWhen(true)] out ZoneChange? condensed)
    {
        condensed = changes.Count == 1 ? changes[0] : null;
        if (changes.Count < 2)
            return changes.Count == 1;
        for (int at = 1; at < changes.Count; at++)
        {
            if (!WireName.Equal(changes[at].Origin, changes[0].Origin) || changes[at].SerialFrom != changes[at - 1].SerialTo)
                return false;
        }

        ChangeCondenser condenser = new(changes[0]);
        foreach (ZoneChange change in changes)
            condenser.Take(change);
        condensed = condenser.Build(changes[^1]);
        return true;
    }

    /// <summary>Changes that follow each other, as one where that has fewer records.</summary>
    public static IReadOnlyList<ZoneChange> Shortest(IReadOnlyList<ZoneChange> changes) =>
        changes.Count > 1
        && TryCondense(changes, out ZoneChange? condensed)
        && condensed.RecordCount < changes.Sum(static change => change.RecordCount)
            ? [condensed]
            : changes;

    /// <summary>
    /// The change that takes this one back, under a serial of its own: a serial never comes back with other content. It applies to the
    /// version that this one led to.
    /// </summary>
    public ZoneChange Invert(Serial serial)
    {
        ZoneChangeBuilder builder = new();
        builder.SetOldSoa(NewSoa);
        ChangeRecord oldSoa = OldSoa;
        byte[] rdata = oldSoa.Rdata.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(rdata.AsSpan(SoaData.SerialOffset(rdata)), serial.Value);
        builder.SetNewSoa(oldSoa.Owner, oldSoa.Ttl, rdata);
        foreach (ChangeRecord record in Added)
            builder.Remove(record);
        foreach (ChangeRecord record in Removed)
            builder.Add(record);
        return builder.Build();
    }

    /// <summary>
    /// Makes the change in an editor that stands at <see cref="SerialFrom"/>. Strict: removing what is not there, or adding what is, fails
    /// and says which; then the editor must be disposed. Where records of a set would differ in TTL, the set takes that of the last
    /// added (RFC 2181 §5.2); what then differs from this change, a comparison of both versions tells.
    /// </summary>
    public bool TryApply(SnapshotEditor editor, [NotNullWhen(false)] out ChangeConflict? conflict)
    {
        ZoneSnapshot basis = editor.Basis;
        if (!WireName.Equal(Origin, basis.Origin.Wire))
        {
            conflict = new ChangeConflict(ChangeConflictKind.OtherZone, OldSoa.ToString());
            return false;
        }

        conflict = Remove(editor, OldSoa, ChangeConflictKind.OtherSoa);
        foreach (ChangeRecord record in Removed)
        {
            if (conflict is not null)
                return false;
            conflict = Remove(editor, record, ChangeConflictKind.RemovedIsMissing);
        }

        conflict ??= Add(editor, NewSoa);
        foreach (ChangeRecord record in Added)
        {
            if (conflict is not null)
                return false;
            conflict = Add(editor, record);
        }

        return conflict is null;
    }

    /// <summary>One line for each record, in the order of the sequence: <c>-owner ttl IN type rdata</c>, or <c>+</c> when added.</summary>
    public string ToText() => Encoding.UTF8.GetString(ToUtf8());

    /// <summary>What <see cref="ToText"/> gives, in UTF-8.</summary>
    public byte[] ToUtf8()
    {
        ChangeText text = new(2 * Wire.Length); // A record is seldom twice as long as text.
        text.Append((byte)'-', OldSoa);
        foreach (ChangeRecord record in Removed)
            text.Append((byte)'-', record);
        text.Append((byte)'+', NewSoa);
        foreach (ChangeRecord record in Added)
            text.Append((byte)'+', record);
        return text.End();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{NameText.ToText(Origin, keepFinalDot: false)} {SerialFrom}..{SerialTo} -{RemovedCount} +{AddedCount}";

    private static ChangeConflict? Remove(SnapshotEditor editor, ChangeRecord record, ChangeConflictKind otherwise) =>
        editor.Remove(record.Owner, record.Type, record.Rdata) ? null : new ChangeConflict(otherwise, record.ToString());

    private static ChangeConflict? Add(SnapshotEditor editor, ChangeRecord record)
    {
        NameContent content = editor.Open(record.Owner, record.Type, record.Rdata);
        AddResult result = content.Add(record.Type, record.Ttl, record.Rdata);
        switch (result)
        {
            case AddResult.Added:
                return null;
            case AddResult.TtlAdjusted:
                bool isSet = content.SetTtl(record.Type, record.Ttl, NameContent.CoveredBy(record.Type, record.Rdata));
                Debug.Assert(isSet);
                return null;
            case AddResult.Duplicate:
                return new ChangeConflict(ChangeConflictKind.AddedIsThere, record.ToString());
            default:
                return new ChangeConflict(ChangeConflictKind.NotAddable, record.ToString());
        }
    }
}
