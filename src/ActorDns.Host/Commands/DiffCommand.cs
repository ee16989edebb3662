using System.CommandLine;
using ActorDns.Host.Audit;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;

namespace ActorDns.Host.Commands;

/// <summary>What differs between two serials of a zone.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        Argument<string> zone = new("zone") { Description = "Name of the zone" };
        Argument<uint> from = new("from") { Description = "Serial to start from" };
        Argument<uint?> to = new("to")
        {
            Description = "Serial to end at; the newest unless given",
            Arity = ArgumentArity.ZeroOrOne,
        };
        AuditOptions options = new();
        Command command = new("diff", """
            Prints what differs between two serials of a zone, one record a line; what came and went again is left out.

              actordns diff example.com 2026110203 2026112001
              actordns diff example.com 2026110203                to the newest
            """)
        { zone, from, to, options.File, options.View, options.Json };
        AuditAction.Set(command, options, async (parsed, store, ct) =>
        {
            StoredZone found = store.FindZone(parsed.GetValue(zone)!, parsed.GetValue(options.View));
            Serial start = new(parsed.GetValue(from));
            Serial end = parsed.GetValue(to) is { } given ? new Serial(given) : found.Head.Serial ?? start;
            ZoneChange? change = await ReadAsync(store, found, start, end, ct);
            if (change is null)
            {
                await store.FindVersionAsync(found, start, ct);
                Console.Error.WriteLine($"serial {start} is compared with itself");
            }
            else if (parsed.GetValue(options.Json))
            {
                (List<object> removed, List<object> added) = RecordLine.Objects(change);
                AuditOutput.Json(new
                {
                    Zone = found.Key.Name.ToString(),
                    found.Key.View,
                    SerialFrom = start.Value,
                    SerialTo = end.Value,
                    Removed = removed,
                    Added = added,
                });
            }
            else
            {
                Console.Out.Write(change.ToText());
            }
        });
        return command;
    }

    /// <summary>From an older serial to a newer one as the journal has it; the other way round, that taken back.</summary>
    private static async Task<ZoneChange?> ReadAsync(
        AuditStore store, StoredZone zone, Serial from, Serial to, CancellationToken ct)
    {
        if (!from.IsNewerThan(to))
            return await store.ReadChangeAsync(zone, from, to, ct);
        ZoneChange? forward = await store.ReadChangeAsync(zone, to, from, ct);
        return forward?.Invert(to);
    }
}
