using ActorDns.Actors.Journal;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// One zone's place in the store: its number, the version that this node holds, and how its content and its changes are read back. Used by
/// the zone's actor; <see cref="ReadChangesAsync"/> by anybody.
/// </summary>
/// <param name="services">The node's journal.</param>
/// <param name="key">The zone.</param>
public sealed class ZoneJournal(JournalServices services, ZoneKey key)
{
    private const int PageEntries = 1_000;
    private const long PageBytes = 4 << 20;
    private const int LongestTransferEntries = 100_000;
    private long _zoneId;

    /// <summary>The node's journal.</summary>
    public JournalServices Services { get; } = services;

    /// <summary>True once the zone has its number in the store.</summary>
    public bool IsOpen => Volatile.Read(ref _zoneId) != 0;

    /// <summary>The version that this node holds; 0 before there is any.</summary>
    public long Version { get; private set; }

    /// <summary>The newest version in the store when it was last looked at.</summary>
    public ZoneHead Head { get; private set; }

    /// <summary>The zone file that was read last; null when none was.</summary>
    public ImportedFile? Import { get; private set; }

    private IJournalStore Store => Services.Opened.Store;

    /// <summary>Finds the zone in the store, or enters it. Heads and files are read anew each time.</summary>
    public async ValueTask<StoreResult<StoredZone>> OpenAsync(CancellationToken ct)
    {
        StoreResult<StoreIdentity> opened = await Services.Opened.OpenAsync(ct).ConfigureAwait(false);
        if (!opened.IsDone)
            return new(opened.Status, opened.Message);
        StoreResult<StoredZone> found = await Store.Zones.GetOrAddAsync(key, ct).ConfigureAwait(false);
        if (found.IsDone)
        {
            if (found.Value.Head.ZoneId != _zoneId)
                Version = 0; // Made again: nothing that this node holds is a version of it.
            Volatile.Write(ref _zoneId, found.Value.Head.ZoneId);
            Head = found.Value.Head;
            Import = found.Value.Import;
        }

        return found;
    }

    /// <summary>Notes that this node holds a version, and the store at least that.</summary>
    public void Reached(ZoneHead head, ImportedFile? import = null)
    {
        Head = head;
        Version = head.Version;
        Import = import ?? Import;
    }

    /// <summary>The append of changes that stand on the version this node holds.</summary>
    public ZoneAppend AppendOf(IReadOnlyList<JournalEntry> entries, ImportedFile? import, long? checkpoint) =>
        new(_zoneId, Version, entries) { Import = import, Checkpoint = checkpoint };

    /// <summary>Remembers a file whose content is what is served.</summary>
    public async ValueTask RememberImportAsync(ImportedFile import, CancellationToken ct)
    {
        StoreResult<bool> result = await Store.Zones.RememberImportAsync(_zoneId, Version, import, ct).ConfigureAwait(false);
        if (result.IsDone && result.Value)
            Import = import;
    }

    /// <summary>Remembers until when the content of a secondary may be served; false when that could not be written.</summary>
    public async ValueTask<bool> RememberExpiryAsync(DateTimeOffset expiresAt, CancellationToken ct)
    {
        if (!IsOpen)
            return false;
        StoreResult<bool> result = await Store.Zones.RememberExpiryAsync(Volatile.Read(ref _zoneId), expiresAt, ct).ConfigureAwait(false);
        return result.IsDone && result.Value;
    }

    /// <summary>
    /// Makes a checkpoint of a leased version, and removes from the journal what the policy allows now. Ends the lease. Null when done,
    /// else why not.
    /// </summary>
    public async Task<string?> CheckpointAsync(SnapshotLease lease, long version, RetentionPolicy retention, CancellationToken ct)
    {
        using SnapshotLease held = lease;
        StoreResult<long> staged = await StageCheckpointAsync(held.Snapshot, version, ct).ConfigureAwait(false);
        if (!staged.IsDone)
            return staged.ToString();
        StoreResult<CheckpointHeader> completed = await Store.Checkpoints.CompleteAsync(staged.Value, ct).ConfigureAwait(false);
        if (!completed.IsDone)
            return completed.ToString();
        StoreResult<long> trimmed = await Store.Journal.TrimAsync(_zoneId, retention, ct).ConfigureAwait(false);
        return trimmed.IsDone ? null : trimmed.ToString();
    }

    /// <summary>Writes the whole content beside the journal; it counts when it is completed, or with an append.</summary>
    public async ValueTask<StoreResult<long>> StageCheckpointAsync(ZoneSnapshot zone, long version, CancellationToken ct)
    {
        StoreResult<StoreIdentity> opened = await Services.Opened.OpenAsync(ct).ConfigureAwait(false);
        return opened.IsDone
            ? await Store.Checkpoints
                .StageAsync(_zoneId, version, zone.Serial, opened.Value.Epoch, ZoneContent.Write(zone), ct).ConfigureAwait(false)
            : new(opened.Status, opened.Message);
    }

    /// <summary>
    /// Takes the zone out of the store: under the same name it begins anew. Its history can be read for some time yet.
    /// </summary>
    public async ValueTask ForgetAsync(CancellationToken ct)
    {
        if (IsOpen)
            await Store.Zones.RemoveAsync(Volatile.Read(ref _zoneId), ct).ConfigureAwait(false);
    }

    /// <summary>Which of these requests were applied before, by any node, and what they were answered.</summary>
    public ValueTask<StoreResult<IReadOnlyList<DuplicateRequest>>> FindRequestsAsync(
        IReadOnlyList<RequestFingerprint> requests, CancellationToken ct) => Store.Journal.FindRequestsAsync(requests, ct);

    /// <summary>The entries after a version, oldest first; a page of them.</summary>
    public ValueTask<StoreResult<IReadOnlyList<StoredEntry>>> ReadAfterAsync(long version, CancellationToken ct) =>
        Store.Journal.ReadAfterAsync(_zoneId, version, PageEntries, PageBytes, ct);

    /// <summary>From where to where the zone's journal goes.</summary>
    public ValueTask<StoreResult<JournalExtent>> MeasureAsync(CancellationToken ct) => Store.Journal.MeasureAsync(_zoneId, ct);

    /// <summary>The newest checkpoint; NotFound when there is none.</summary>
    public ValueTask<StoreResult<CheckpointHeader>> LatestCheckpointAsync(CancellationToken ct) =>
        Store.Checkpoints.LatestAsync(_zoneId, ct);

    /// <summary>One chunk of a checkpoint.</summary>
    public ValueTask<StoreResult<ReadOnlyMemory<byte>>> ReadChunkAsync(CheckpointHeader checkpoint, int index, CancellationToken ct) =>
        Store.Checkpoints.ReadChunkAsync(checkpoint.Id, index, ct);

    /// <summary>
    /// The changes that lead from one serial to another, oldest first; null when they are not kept, are too many, or the store is away.
    /// From any thread.
    /// </summary>
    public async ValueTask<IReadOnlyList<ZoneChange>?> ReadChangesAsync(Serial from, Serial to, CancellationToken ct)
    {
        if (!IsOpen)
            return null;
        StoreResult<long> start = await Store.Journal.FindVersionAsync(_zoneId, from, ct).ConfigureAwait(false);
        if (!start.IsDone)
            return null;
        List<ZoneChange> changes = [];
        long version = start.Value;
        while (changes.Count < LongestTransferEntries)
        {
            StoreResult<IReadOnlyList<StoredEntry>> page = await ReadAfterAsync(version, ct).ConfigureAwait(false);
            if (!page.IsDone || page.Value.Count == 0)
                return null;
            foreach (StoredEntry stored in page.Value)
            {
                version = stored.Version;
                if (stored.Entry.IsBaseline || !ZoneChange.TryParse(stored.Entry.Wire, out ZoneChange? change))
                    return null;
                changes.Add(change);
                if (change.SerialTo == to)
                    return changes;
            }
        }

        return null;
    }
}
