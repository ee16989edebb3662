using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Zones;

/// <summary>What the work of a zone sees of it. Belongs to the zone's actor.</summary>
internal sealed class ZoneState(PublishedZone published, ZoneJournal? journal, UpdateInbox updates, ZoneServices services)
{
    /// <summary>Where readers find the zone.</summary>
    public PublishedZone Published => published;

    /// <summary>Name of the zone.</summary>
    public DomainName Origin => published.Origin;

    /// <summary>What is served; null before there is anything.</summary>
    public ZoneSnapshot? Current => published.Current;

    /// <summary>The zone's place in the store; null when nothing is journaled.</summary>
    public ZoneJournal? Journal { get; } = journal;

    /// <summary>Updates that wait for the actor.</summary>
    public UpdateInbox Updates { get; } = updates;

    /// <summary>What all zones share.</summary>
    public ZoneServices Services { get; } = services;

    /// <summary>The configuration.</summary>
    public ZoneSettings Settings { get; set; } = new() { LogName = published.Origin.ToLogString() };

    /// <summary>The file that the zone's first content came from, until it is in the store.</summary>
    public ImportedFile? FirstImport { get; set; }

    /// <summary>True between <c>rndc freeze</c> and <c>thaw</c>.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Why the store may not be written for this zone; null when it may.</summary>
    public string? Blocked { get; set; }

    /// <summary>When the content came from the store or by transfer; null while it is that of a file.</summary>
    public DateTimeOffset? LoadedAt { get; set; }

    /// <summary>The newest group with a change of this zone that this node has committed; 0 before the first.</summary>
    public long LastGroup { get; set; }

    /// <summary>Frees replaced versions.</summary>
    public SnapshotReclaimer Reclaimer { get; } = new(services.Epochs);

    /// <summary>Category <c>update</c>.</summary>
    public ILogger UpdateLog { get; } = services.Loggers.CreateLogger("update");

    /// <summary>Category <c>update-security</c>.</summary>
    public ILogger SecurityLog { get; } = services.Loggers.CreateLogger("update-security");

    /// <summary>Category <c>general</c>.</summary>
    public ILogger GeneralLog { get; } = services.Loggers.CreateLogger("general");

    /// <summary>Category <c>database</c>: what concerns the journal.</summary>
    public ILogger JournalLog { get; } = services.Loggers.CreateLogger("database");

    /// <summary>The wall clock now.</summary>
    public DateTimeOffset Now => Services.Clock.GetUtcNow();

    /// <summary>Makes a version visible; the one before it is freed when nobody reads it any more.</summary>
    public void Publish(ZoneSnapshot? next)
    {
        if (next == published.Current)
            return;
        Services.Histories.Replace(published.Current?.History, next?.History);
        if (published.Publish(next) is { } replaced)
            Reclaimer.Retire(replaced, next);
    }

    /// <summary>Tells somebody that a change is done, as soon as the other nodes serve it too or have had their time.</summary>
    public void Answer<T>(ReplyTo<T> to, T value)
    {
        if (Journal?.Services.Cluster is { } cluster)
            cluster.Propagation.Answer(LastGroup, to, value);
        else
            to.Reply(value);
    }

    /// <summary>A journal entry for a change.</summary>
    public JournalEntry EntryOf(ZoneChange change, ChangeOrigin origin) => new()
    {
        SerialFrom = change.SerialFrom,
        SerialTo = change.SerialTo,
        Origin = origin,
        Time = Now,
        Node = Journal?.Services.Node ?? "",
        Wire = change.Wire,
        Utf8Text = change.ToUtf8(),
    };
}
