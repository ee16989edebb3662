using ActorDns.Actors.Journal;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
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
    private const int Never = -1;
    private const int PageEntries = 1_000;
    private const long PageBytes = 4 << 20;
    private const int LongestTransferEntries = 100_000;
    private long _zoneId;
    private long _served;
    private long _servedSerial = -1;

    /// <summary>The node's journal.</summary>
    public JournalServices Services { get; } = services;

    /// <summary>The zone's number in the store; 0 before it has one.</summary>
    public long ZoneId => Volatile.Read(ref _zoneId);

    /// <summary>The version that readers find, as far as is known to any thread.</summary>
    public long ServedVersion => Volatile.Read(ref _served);

    /// <summary>The serial that readers find, as far as is known to any thread; null for none.</summary>
    public Serial? ServedSerial => Volatile.Read(ref _servedSerial) is >= 0 and var serial ? new Serial((uint)serial) : null;

    /// <summary>True while the store has something else than this node holds; for any thread.</summary>
    public bool IsDisputed { get; private set; }

    /// <summary>The group that the version held was written with; null when that is not known.</summary>
    public Guid? CommitId { get; private set; }

    /// <summary>How often the store had been away when what is held was last compared with it.</summary>
    public int ComparedAt { get; private set; }

    /// <summary>True when what is held was compared with the store since that was away.</summary>
    public bool IsCompared => ComparedAt == Services.Contact.Losses;

    /// <summary>True once the zone has its number in the store.</summary>
    public bool IsOpen => Volatile.Read(ref _zoneId) != 0;

    /// <summary>The version that this node holds; 0 before there is any.</summary>
    public long Version { get; private set; }

    /// <summary>The newest version in the store when it was last looked at.</summary>
    public ZoneHead Head { get; private set; }

    /// <summary>The zone file that was read last; null when none was.</summary>
    public ImportedFile? Import { get; private set; }

    private IJournalStore Store => Services.Opened.Store;

    /// <summary>What is served since a start without the store, until that has been compared with the store; null otherwise.</summary>
    public LocalCheckpoint? Resumed { get; private set; }

    /// <summary>Notes that this node holds what its file holds, which the store has not confirmed.</summary>
    internal void Resume(LocalCheckpoint checkpoint, ImportedFile file)
    {
        Reached(checkpoint.Head, checkpoint.CommitId, file);
        ComparedAt = Never;
        Resumed = checkpoint;
    }

    /// <summary>Notes that nothing of what the file held counts.</summary>
    internal void EndResumed(ZoneHead head)
    {
        Resumed = null;
        Reached(head);
        ComparedAt = Services.Contact.Losses;
    }

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
    public void Reached(ZoneHead head, Guid? commitId = null, ImportedFile? import = null)
    {
        Head = head;
        Version = head.Version;
        CommitId = commitId;
        Import = import ?? Import;
        IsDisputed = false;
    }

    /// <summary>Notes that what is held is what the store has at that version, by its group.</summary>
    /// <param name="commitId">The group.</param>
    /// <param name="losses">How often the store had been away before it was read.</param>
    public void Compared(Guid? commitId, int losses)
    {
        CommitId = commitId ?? CommitId;
        ComparedAt = losses;
        IsDisputed = false;
        Resumed = null;
    }

    /// <summary>Notes that the store has something else than what is held.</summary>
    public void Dispute()
    {
        IsDisputed = true;
        Resumed = null;
    }

    /// <summary>Notes that readers find the version held.</summary>
    public void Serve(Serial? serial)
    {
        Volatile.Write(ref _servedSerial, serial?.Value ?? -1L);
        Volatile.Write(ref _served, Resumed is null ? Version : 0); // Its number may be one of another store.
    }

    /// <summary>The zone as the store has it now.</summary>
    public ValueTask<StoreResult<StoredZone>> FindAsync(CancellationToken ct) => Store.Zones.FindAsync(ZoneId, ct);

    /// <summary>The append of changes that stand on the version this node holds.</summary>
    public ZoneAppend AppendOf(IReadOnlyList<JournalEntry> entries, ImportedFile? import, long? checkpoint) =>
        new(_zoneId, Version, entries) { Import = import, Checkpoint = checkpoint };

    /// <summary>Remembers a file whose content is what is served.</summary>
    public async ValueTask RememberImportAsync(ImportedFile import, CancellationToken ct)
    {
        if (!IsOpen)
            return;
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

    /// <summary>Freezes the zone for all nodes, or thaws it; null when done, else why not.</summary>
    public async ValueTask<string?> SetFrozenAsync(bool isFrozen, CancellationToken ct)
    {
        if (!IsOpen)
            return "the zone is not in the store";
        StoreResult<bool> set = await Store.Zones.SetFrozenAsync(ZoneId, isFrozen, ct).ConfigureAwait(false);
        return set.IsDone ? null : $"the store cannot be written ({set.Status}): {set.Message}";
    }

    /// <summary>Until when the content of a secondary may be served, as the store knows it; null when it does not, or is away.</summary>
    public async Task<DateTimeOffset?> ReadExpiryAsync(CancellationToken ct)
    {
        if (!IsOpen)
            return null;
        StoreResult<StoredZone> stored = await FindAsync(ct).ConfigureAwait(false);
        return stored.Value?.ExpiresAt;
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
        RetentionPolicy policy = retention with { KeepFromSerial = Services.Promises?.OldestOf(key) };
        StoreResult<long> trimmed = await Store.Journal.TrimAsync(_zoneId, policy, ct).ConfigureAwait(false);
        return trimmed.IsDone ? null : trimmed.ToString();
    }

    /// <summary>Notes that a client has got a version: retention leaves what leads on from it. From any thread.</summary>
    public void Promise(NetAddress client, Serial serial, TimeSpan expire) => Services.Promises?.Promise(key, client, serial, expire);

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

    /// <summary>What the entries after a version changed, oldest first; a page of them.</summary>
    public ValueTask<StoreResult<IReadOnlyList<StoredChange>>> ReadAfterAsync(long version, CancellationToken ct) =>
        Store.Journal.ReadChangesAfterAsync(_zoneId, version, PageEntries, PageBytes, ct);

    /// <summary>The entry of a version; empty, or another one, or NotFound when it is not there.</summary>
    public ValueTask<StoreResult<IReadOnlyList<StoredChange>>> ReadEntryAsync(long version, CancellationToken ct) =>
        Store.Journal.ReadChangesAfterAsync(_zoneId, version - 1, 1, 1, ct);

    /// <summary>The newest entry by which the zone was recovered after the store had lost some; null when it never was.</summary>
    public async ValueTask<StoredEntry?> FindRecoveryAsync(CancellationToken ct)
    {
        JournalFilter filter = new() { ZoneId = ZoneId, Origin = ChangeOrigin.Recovery, LimitEntries = 1 };
        StoreResult<IReadOnlyList<StoredEntry>> found = await Store.Journal.SearchAsync(filter, ct).ConfigureAwait(false);
        return found.Value is [var newest, ..] ? newest : null;
    }

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
        if (!IsOpen || Resumed is not null)
            return null;
        StoreResult<long> start = await Store.Journal.FindVersionAsync(_zoneId, from, ct).ConfigureAwait(false);
        if (!start.IsDone)
            return null;
        List<ZoneChange> changes = [];
        long version = start.Value;
        while (changes.Count < LongestTransferEntries)
        {
            StoreResult<IReadOnlyList<StoredChange>> page = await ReadAfterAsync(version, ct).ConfigureAwait(false);
            if (!page.IsDone || page.Value.Count == 0)
                return null;
            foreach (StoredChange stored in page.Value)
            {
                version = stored.Version;
                if (stored.IsBaseline || !ZoneChange.TryParse(stored.Wire, out ZoneChange? change))
                    return null;
                changes.Add(change);
                if (change.SerialTo == to)
                    return changes;
            }
        }

        return null;
    }
}
