using System.CommandLine;
using ActorDns.Host.Audit;
using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Commands;

/// <summary>Who changed a name, when, and what it was before.</summary>
internal static class HistoryCommand
{
    private static readonly string[] Headings = ["TIME (UTC)", "SERIAL", "CHANGE", "BY", "ZONE"];

    public static Command Create()
    {
        Argument<string> name = new("name") { Description = "The name, with or without its final dot" };
        AuditOptions options = new();
        Command command = new("history", """
            Says who changed the records of a name, when, and what they were before; the newest change first.

              actordns history www.example.com
              actordns history -c named.conf --since 30d --key certbot www.example.com
            """)
        { name, options.File, options.Since, options.Key, options.View, options.Limit, options.Json };
        AuditAction.Set(command, options, async (parsed, store, ct) =>
        {
            DomainName owner = AuditStore.ParseName(parsed.GetValue(name)!);
            int limit = parsed.GetValue(options.Limit);
            JournalFilter filter = new()
            {
                Owner = owner,
                Since = options.SinceOf(parsed),
                KeyName = options.KeyOf(parsed),
            };
            List<Found> found = [];
            foreach (StoredZone zone in store.ZonesOf(owner, parsed.GetValue(options.View)))
                found.AddRange(await SearchAsync(store, zone, filter with { ZoneId = zone.Head.ZoneId }, limit, ct));
            Found[] shown = [.. found.OrderByDescending(one => one.Stored.Entry.Time).Take(limit)];
            if (parsed.GetValue(options.Json))
            {
                foreach (Found one in shown)
                    AuditOutput.Json(Object(one, owner));
            }
            else
            {
                Print(shown);
            }

            if (shown.Length == 0)
                await NoteNothingAsync(store, owner, parsed.GetValue(options.View), ct);
            AuditOutput.NoteLimit(shown.Length, limit);
        });
        return command;
    }

    /// <summary>
    /// The newest changes of a name in one zone. At the apex every change steps the serial, which alone is no change of the name: more is
    /// read until there are enough others.
    /// </summary>
    private static async Task<List<Found>> SearchAsync(
        AuditStore store, StoredZone zone, JournalFilter filter, int limit, CancellationToken ct)
    {
        for (int asked = limit; ; asked *= 4)
        {
            IReadOnlyList<StoredEntry> entries =
                AuditStore.Done(await store.Store.Journal.SearchAsync(filter with { LimitEntries = asked }, ct));
            List<Found> found = [];
            foreach (StoredEntry stored in entries)
            {
                IReadOnlyList<ChangedSet> sets = ChangedSet.Of(AuditStore.ChangeOf(stored), filter.Owner!.Value);
                if (sets.Count > 0)
                    found.Add(new Found(zone, stored, sets));
            }

            if (found.Count >= limit || entries.Count < asked || asked > int.MaxValue / 4)
                return found;
        }
    }

    private static void Print(Found[] shown)
    {
        bool isOneZone = shown.Select(one => one.Zone.Head.ZoneId).Distinct().Count() < 2;
        bool isOneView = shown.Select(one => one.Zone.Key.View).Distinct().Count() < 2;
        AuditOutput.Rows(isOneZone ? Headings[..^1] : Headings,
        [
            .. from one in shown
               from set in one.Sets
               select (string[])
               [
                   AuditTime.Text(one.Stored.Entry.Time),
                   Console.IsOutputRedirected ? $"serial {one.Stored.Entry.SerialTo}" : one.Stored.Entry.SerialTo.ToString(),
                   set.ToString(),
                   EntryText.By(one.Stored),
                   .. isOneZone ? (string[])[] : [$"zone {EntryText.Zone(one.Zone.Key, !isOneView)}"],
               ],
        ]);
    }

    private static object Object(Found one, DomainName owner) => EntryText.Json(
        one.Zone.Key,
        one.Stored,
        one.Sets.SelectMany(set => set.Removed.Select(record => EntryText.Record(owner, record.Ttl, set.Type.ToString(), record.Data))),
        one.Sets.SelectMany(set => set.Added.Select(record => EntryText.Record(owner, record.Ttl, set.Type.ToString(), record.Data))));

    private static async Task NoteNothingAsync(AuditStore store, DomainName owner, string? view, CancellationToken ct)
    {
        foreach (StoredZone zone in store.ZonesOf(owner, view))
        {
            StoreResult<JournalExtent> extent = await store.Store.Journal.MeasureAsync(zone.Head.ZoneId, ct);
            Console.Error.WriteLine(extent.IsDone
                ? $"no such change of '{owner.ToLogString()}': the journal of zone {EntryText.Zone(zone.Key, withView: true)} "
                    + $"goes back to serial {extent.Value.OldestSerial} ({AuditTime.Text(extent.Value.Oldest)})"
                : $"zone {EntryText.Zone(zone.Key, withView: true)} has no journal yet");
        }
    }

    private sealed record Found(StoredZone Zone, StoredEntry Stored, IReadOnlyList<ChangedSet> Sets);
}
