using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Audit;

/// <summary>Journal entries in words and as objects for machines.</summary>
internal static class EntryText
{
    /// <summary>Who made a change: key and address, or what of the server's own doing it was.</summary>
    public static string By(StoredEntry stored)
    {
        JournalEntry entry = stored.Entry;
        string key = entry.KeyName is { } name ? $" key {name}" : "";
        string from = entry.Peer is { } peer ? $" from {peer}" : "";
        string what = entry.Origin switch
        {
            ChangeOrigin.Update => key.Length > 0 ? "" : " unsigned update",
            ChangeOrigin.Transfer => " transfer",
            ChangeOrigin.Reload => " zone file",
            ChangeOrigin.Sign => " signing",
            ChangeOrigin.Rollback => " rollback",
            _ => " control",
        };
        return $"{what}{key}{from} by node {entry.Node} txn {stored.CommitId.ToString("N")[..8]}".TrimStart();
    }

    /// <summary>The zone, with its view behind when it is not the only one.</summary>
    public static string Zone(ZoneKey key, bool withView) =>
        key.Name.ToLogString() + (withView ? $" (view {key.View})" : "");

    /// <summary>The object that stands for an entry in JSON; its records are the caller's choice.</summary>
    public static object Json(ZoneKey zone, StoredEntry stored, IEnumerable<object> removed, IEnumerable<object> added) => new
    {
        Time = AuditTime.Json(stored.Entry.Time),
        Zone = zone.Name.ToString(),
        Class = zone.Class.ToString(),
        zone.View,
        stored.Version,
        SerialFrom = stored.Entry.SerialFrom?.Value,
        SerialTo = stored.Entry.SerialTo.Value,
        Origin = stored.Entry.Origin.ToString().ToLowerInvariant(),
        Key = stored.Entry.KeyName,
        stored.Entry.Peer,
        stored.Entry.Node,
        Transaction = stored.CommitId,
        stored.Entry.MessageId,
        MacDigest = stored.Entry.MacDigest.IsEmpty ? null : Convert.ToHexStringLower(stored.Entry.MacDigest.Span),
        WholeContent = stored.Entry.IsBaseline ? true : (bool?)null,
        Removed = removed,
        Added = added,
    };

    /// <summary>A record as an object for machines.</summary>
    public static object Record(DomainName owner, uint ttl, string type, string data) =>
        new { Name = owner.ToString(), Ttl = ttl, Type = type, Data = data };
}
