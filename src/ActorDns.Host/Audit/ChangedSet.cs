using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;

namespace ActorDns.Host.Audit;

/// <summary>What a change did to the records of one type at one name.</summary>
/// <param name="Type">The type.</param>
/// <param name="Removed">Records that went, each with its TTL and data.</param>
/// <param name="Added">Records that came.</param>
internal sealed record ChangedSet(
    RecordType Type, IReadOnlyList<(uint Ttl, string Data)> Removed, IReadOnlyList<(uint Ttl, string Data)> Added)
{
    /// <summary>The sets of a name that a change touched. An SOA of which only the serial is another is left out.</summary>
    public static IReadOnlyList<ChangedSet> Of(ZoneChange change, DomainName owner)
    {
        SortedDictionary<ushort, (List<(uint, string)> Removed, List<(uint, string)> Added)> sets = [];
        foreach (ChangeRecord record in change.Removed)
            Take(record, isAdded: false);
        foreach (ChangeRecord record in change.Added)
            Take(record, isAdded: true);
        if (IsOtherSoa(change.OldSoa, change.NewSoa))
        {
            Take(change.OldSoa, isAdded: false);
            Take(change.NewSoa, isAdded: true);
        }

        return [.. sets.Select(set => new ChangedSet(new RecordType(set.Key), set.Value.Removed, set.Value.Added))];

        void Take(ChangeRecord record, bool isAdded)
        {
            if (!WireName.Equal(record.Owner, owner.Wire))
                return;
            if (!sets.TryGetValue(record.Type.Value, out (List<(uint, string)> Removed, List<(uint, string)> Added) set))
                sets.Add(record.Type.Value, set = ([], []));
            StringBuilder data = new();
            RecordFormats.Of(record.Type).AppendText(data, record.Rdata);
            (isAdded ? set.Added : set.Removed).Add((record.Ttl, data.ToString()));
        }
    }

    /// <summary>One line: <c>+A …</c>, <c>-A …</c>, or <c>A old -> new</c>, with the TTL.</summary>
    public override string ToString()
    {
        string[] gone = [.. Removed.Select(one => one.Data).Except(Added.Select(one => one.Data))];
        string[] come = [.. Added.Select(one => one.Data).Except(Removed.Select(one => one.Data))];
        string ttl = (Removed, Added) switch
        {
            ([], [var added, ..]) => Number(added.Ttl),
            ([var removed, ..], []) => Number(removed.Ttl),
            ([var removed, ..], [var added, ..]) when removed.Ttl != added.Ttl => $"{Number(removed.Ttl)} -> {Number(added.Ttl)}",
            _ => Number(Added[0].Ttl),
        };
        return (gone.Length, come.Length) switch
        {
            (0, 0) => $"{Type} TTL {ttl}",
            (0, _) => $"+{Type} {string.Join(", ", come)} ttl {ttl}",
            (_, 0) => $"-{Type} {string.Join(", ", gone)} ttl {ttl}",
            _ => $"{Type} {string.Join(", ", gone)} -> {string.Join(", ", come)} ttl {ttl}",
        };
    }

    private static string Number(uint ttl) => ttl.ToString(CultureInfo.InvariantCulture);

    private static bool IsOtherSoa(ChangeRecord old, ChangeRecord fresh)
    {
        int at = SoaData.SerialOffset(old.Rdata);
        return old.Ttl != fresh.Ttl
            || at != SoaData.SerialOffset(fresh.Rdata)
            || !old.Rdata[..at].SequenceEqual(fresh.Rdata[..at])
            || !old.Rdata[(at + sizeof(uint))..].SequenceEqual(fresh.Rdata[(at + sizeof(uint))..]);
    }
}
