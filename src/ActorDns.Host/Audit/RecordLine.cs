using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Zones.Changes;

namespace ActorDns.Host.Audit;

/// <summary>The records of a change, for people, for machines, and as BIND's <c>named-journalprint</c> prints them.</summary>
internal static class RecordLine
{
    private const int TabColumns = 8;
    private const int TtlColumn = 24;
    private const int ClassColumn = 32;
    private const int TypeColumn = 40;
    private const int DataColumn = 48;

    /// <summary>The removed and the added records as objects, each SOA first.</summary>
    public static (List<object> Removed, List<object> Added) Objects(ZoneChange change)
    {
        List<object> removed = [Object(change.OldSoa)];
        foreach (ChangeRecord record in change.Removed)
            removed.Add(Object(record));
        List<object> added = [Object(change.NewSoa)];
        foreach (ChangeRecord record in change.Added)
            added.Add(Object(record));
        return (removed, added);
    }

    /// <summary>Lines of <c>del</c> and <c>add</c>.</summary>
    public static string JournalPrint(ZoneChange change)
    {
        StringBuilder text = new();
        Append(text, "del", change.OldSoa);
        foreach (ChangeRecord record in change.Removed)
            Append(text, "del", record);
        Append(text, "add", change.NewSoa);
        foreach (ChangeRecord record in change.Added)
            Append(text, "add", record);
        return text.ToString();
    }

    private static object Object(ChangeRecord record) =>
        EntryText.Record(DomainName.FromWire(record.Owner), record.Ttl, record.Type.ToString(), Data(record));

    private static string Data(ChangeRecord record)
    {
        StringBuilder text = new();
        RecordFormats.Of(record.Type).AppendText(text, record.Rdata);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string word, ChangeRecord record)
    {
        int column = 0;
        text.Append(word).Append(' ');
        Put(NameText.ToText(record.Owner, keepFinalDot: true));
        Indent(TtlColumn);
        Put(record.Ttl.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Indent(ClassColumn);
        Put("IN");
        Indent(TypeColumn);
        Put(record.Type.ToString());
        Indent(DataColumn);
        text.Append(Data(record)).Append('\n');

        void Put(string what)
        {
            text.Append(what);
            column += what.Length;
        }

        // Tabs as far as they go, then blanks, and one blank at least.
        void Indent(int to)
        {
            to = Math.Max(to, column + 1);
            int tabs = (to / TabColumns) - (column / TabColumns);
            if (tabs > 0)
            {
                text.Append('\t', tabs);
                column = to / TabColumns * TabColumns;
            }

            text.Append(' ', to - column);
            column = to;
        }
    }
}
