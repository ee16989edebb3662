using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ActorDns.Host.Audit;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Commands;

/// <summary>The journal itself: its entries in order, and how much there is of it.</summary>
internal static class JournalCommands
{
    private static readonly string[] StatusHeadings = ["ZONE", "ENTRIES", "BYTES", "OLDEST", "NEWEST", "CHECKPOINT"];

    public static Command Create() => new("journal", """
        Shows the journal: every change of every zone, with who made it.

          actordns journal show example.com
          actordns journal status
        """)
    { CreateShow(), CreateStatus() };

    private static Command CreateShow()
    {
        Argument<string> zone = new("zone") { Description = "Name of the zone" };
        Option<string?> since = new("--since")
        {
            HelpName = "serial|time",
            Description = $"Only changes after this serial, or not before this time: {AuditTime.Forms}",
        };
        since.Validators.Add(RefuseOtherThanSerialOrTime);
        Option<string?> name = new("--name") { HelpName = "name", Description = "Only changes of records at this name" };
        Option<bool> print = new("-j") { Description = "Print del and add lines as named-journalprint does" };
        AuditOptions options = new();
        Command command = new("show", """
            Prints the changes of a zone in their order, each with who made it; the newest hundred unless --limit says otherwise.

              actordns journal show example.com
              actordns journal show --since 2026110203 --key certbot example.com
              actordns journal show -j example.com
            """)
        { zone, options.File, since, options.Key, name, options.View, options.Limit, print, options.Json };
        AuditAction.Set(command, options, async (parsed, store, ct) =>
        {
            StoredZone found = store.FindZone(parsed.GetValue(zone)!, parsed.GetValue(options.View));
            string? start = parsed.GetValue(since);
            int limit = parsed.GetValue(options.Limit);
            JournalFilter filter = new()
            {
                ZoneId = found.Head.ZoneId,
                KeyName = options.KeyOf(parsed),
                Owner = parsed.GetValue(name) is { } text ? AuditStore.ParseName(text) : (DomainName?)null,
                AfterVersion = TryReadSerial(start, out Serial serial) ? await store.FindVersionAsync(found, serial, ct) : null,
                Since = start is not null && AuditTime.TryParse(start, TimeProvider.System.GetUtcNow(), out DateTimeOffset time)
                    ? time
                    : null,
                LimitEntries = limit,
            };
            IReadOnlyList<StoredEntry> entries = AuditStore.Done(await store.Store.Journal.SearchAsync(filter, ct));
            Action<StoredEntry> show = parsed.GetValue(options.Json) ? stored => ShowObject(found, stored)
                : parsed.GetValue(print) ? ShowRecords
                : ShowEntry;
            foreach (StoredEntry stored in entries.Reverse())
                show(stored);
            AuditOutput.NoteLimit(entries.Count, limit);
        });
        return command;
    }

    private static Command CreateStatus()
    {
        AuditOptions options = new();
        Command command = new("status", """
            Says for each zone how many changes the journal holds, since when, and where its checkpoint is.

              actordns journal status
            """)
        { options.File, options.View, options.Json };
        AuditAction.Set(command, options, async (parsed, store, ct) =>
        {
            List<string[]> rows = [];
            bool isOneView = store.Zones.Select(zone => zone.Key.View).Distinct().Count() < 2;
            foreach (StoredZone zone in store.Zones)
            {
                if (parsed.GetValue(options.View) is { } view && view != zone.Key.View)
                    continue;
                StoreResult<JournalExtent> measured = await store.Store.Journal.MeasureAsync(zone.Head.ZoneId, ct);
                JournalExtent? extent = measured.Status == StoreStatus.NotFound ? null : AuditStore.Done(measured);
                StoreResult<CheckpointHeader> latest = await store.Store.Checkpoints.LatestAsync(zone.Head.ZoneId, ct);
                CheckpointHeader? checkpoint = latest.Status == StoreStatus.NotFound ? null : AuditStore.Done(latest);
                if (parsed.GetValue(options.Json))
                    AuditOutput.Json(StatusObject(zone, extent, checkpoint));
                else
                    rows.Add(StatusRow(zone, extent, checkpoint, !isOneView));
            }

            AuditOutput.Rows(StatusHeadings, rows);
            if (store.Zones.Count == 0)
                Console.Error.WriteLine($"no zone has been journaled in {store.Place} yet");
        });
        return command;
    }

    private static void ShowEntry(StoredEntry stored)
    {
        JournalEntry entry = stored.Entry;
        string serials = entry.SerialFrom is { } from && !entry.IsBaseline ? $"{from} -> {entry.SerialTo}" : entry.SerialTo.ToString();
        Console.Out.WriteLine($"{AuditTime.Text(entry.Time)}  serial {serials}  {EntryText.By(stored)}");
        string text = entry.IsBaseline ? $"whole content: {(entry.Text.Length > 0 ? entry.Text : "in a checkpoint")}" : entry.Text;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Console.Out.WriteLine($"  {line}");
    }

    private static void ShowRecords(StoredEntry stored)
    {
        if (!stored.Entry.IsBaseline)
            Console.Out.Write(RecordLine.JournalPrint(AuditStore.ChangeOf(stored)));
    }

    private static void ShowObject(StoredZone zone, StoredEntry stored)
    {
        (List<object> removed, List<object> added) = stored.Entry.IsBaseline ? ([], []) : RecordLine.Objects(AuditStore.ChangeOf(stored));
        AuditOutput.Json(EntryText.Json(zone.Key, stored, removed, added));
    }

    private static string[] StatusRow(StoredZone zone, JournalExtent? extent, CheckpointHeader? checkpoint, bool withView) => extent is null
        ? [EntryText.Zone(zone.Key, withView), "0 entries", "", "", "", ""]
        :
        [
            EntryText.Zone(zone.Key, withView),
            string.Create(CultureInfo.InvariantCulture, $"{extent.Entries} entries"),
            string.Create(CultureInfo.InvariantCulture, $"{extent.Bytes} bytes"),
            $"from {extent.OldestSerial} ({AuditTime.Text(extent.Oldest)})",
            $"to {extent.NewestSerial} ({AuditTime.Text(extent.Newest)})",
            checkpoint is null ? "no checkpoint" : $"checkpoint at {checkpoint.Serial} ({AuditTime.Text(checkpoint.Time)})",
        ];

    private static object StatusObject(StoredZone zone, JournalExtent? extent, CheckpointHeader? checkpoint) => new
    {
        Zone = zone.Key.Name.ToString(),
        Class = zone.Key.Class.ToString(),
        zone.Key.View,
        zone.Head.Version,
        Serial = zone.Head.Serial?.Value,
        Entries = extent?.Entries ?? 0,
        Bytes = extent?.Bytes ?? 0,
        OldestSerial = extent?.OldestSerial.Value,
        OldestTime = extent is null ? null : AuditTime.Json(extent.Oldest),
        NewestTime = extent is null ? null : AuditTime.Json(extent.Newest),
        CheckpointSerial = checkpoint?.Serial.Value,
        CheckpointVersion = checkpoint?.Version,
        CheckpointTime = checkpoint is null ? null : AuditTime.Json(checkpoint.Time),
    };

    private static bool TryReadSerial(string? text, out Serial serial)
    {
        bool isSerial = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value);
        serial = new Serial(value);
        return isSerial;
    }

    private static void RefuseOtherThanSerialOrTime(OptionResult result)
    {
        if (result.Tokens.Count == 1
            && !TryReadSerial(result.Tokens[0].Value, out _)
            && !AuditTime.TryParse(result.Tokens[0].Value, TimeProvider.System.GetUtcNow(), out _))
        {
            result.AddError($"--since {result.Tokens[0].Value}: neither a serial nor a time; times are {AuditTime.Forms}");
        }
    }
}
