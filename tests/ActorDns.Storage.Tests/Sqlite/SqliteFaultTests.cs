using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sqlite;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Testing.Processes;
using Microsoft.Data.Sqlite;

namespace ActorDns.Storage.Tests.Sqlite;

/// <summary>What goes wrong with a file: no room, damage, another program's lock.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private const int EntriesPerGroup = 10;

    private readonly TempFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => _folder["journal.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Disk_that_is_full_refuses_writes_and_takes_them_again_when_there_is_room()
    {
        await using SqliteStore store = new(new SqliteStoreOptions(Path) { MaxPageCount = 120 }, TimeProvider.System);
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        long version = 0;
        StoreResult<IReadOnlyList<ZoneOutcome>> last;
        while ((last = await AppendAsync(store, identity, zone, version)).IsDone)
            version = last.Value[0].Head.Version;

        Assert.Equal(StoreStatus.DiskFull, last.Status);
        Assert.Equal(StoreStatus.DiskFull, (await AppendAsync(store, identity, zone, version)).Status);
        Assert.True(version > EntriesPerGroup);
        Assert.Equal(version, (await store.Journal.ReadAfterAsync(zone, 0, int.MaxValue, long.MaxValue, Stop)).Value!.Count);
        Assert.Equal(version, (await store.Zones.FindAsync(zone, Stop)).Value!.Head.Version);

        // Room is made by removing the zone and sweeping; the same store goes on.
        Assert.True((await store.Zones.RemoveAsync(zone, Stop)).IsDone);
        Assert.True((await store.SweepAsync(TimeSpan.FromDays(-1), Stop)).Value > 0);
        long next = (await store.Zones.GetOrAddAsync(Zone, Stop)).Value!.Head.ZoneId;
        Assert.Equal(ZoneOutcomeStatus.Won, (await AppendAsync(store, identity, next, 0)).Value![0].Status);
    }

    [Fact]
    public async Task Journal_that_was_cut_off_anywhere_holds_whole_groups_only()
    {
        await using SqliteStore store = new(new SqliteStoreOptions(Path), TimeProvider.System);
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        for (int group = 0; group < 6; group++)
            Assert.True((await AppendAsync(store, identity, zone, group * EntriesPerGroup)).IsDone);
        byte[] log = await ReadSharedAsync(Path + "-wal");
        byte[] file = await ReadSharedAsync(Path);
        HashSet<long> heads = [];
        Random random = new(4711);
        for (int round = 0; round < 12; round++)
        {
            string copy = _folder[$"copy{round}/journal.db"];
            await File.WriteAllBytesAsync(copy, file, Stop);
            int length = round == 0 ? log.Length : random.Next(log.Length / 2, log.Length);
            await File.WriteAllBytesAsync(copy + "-wal", log[..length], Stop);

            await using SqliteStore torn = new(new SqliteStoreOptions(copy) { CheckOnOpen = true }, TimeProvider.System);
            Assert.True((await torn.OpenAsync(Stop)).IsDone);
            long head = (await torn.Zones.FindAsync(zone, Stop)).Value!.Head.Version;
            Assert.Equal(0, head % EntriesPerGroup);
            Assert.Equal(head, (await torn.Journal.ReadAfterAsync(zone, 0, int.MaxValue, long.MaxValue, Stop)).Value!.Count);
            heads.Add(head);
        }

        Assert.Contains(60, heads);
        Assert.True(heads.Count > 2, "the log was never cut inside the groups");
    }

    [Theory]
    [InlineData("half")]
    [InlineData("header")]
    [InlineData("page")]
    public async Task File_that_was_damaged_is_refused_when_it_is_checked_at_start(string damage)
    {
        await using (SqliteStore store = new(new SqliteStoreOptions(Path), TimeProvider.System))
        {
            (StoreIdentity identity, long zone) = await OpenAsync(store);
            for (int group = 0; group < 6; group++)
                Assert.True((await AppendAsync(store, identity, zone, group * EntriesPerGroup)).IsDone);
        }

        byte[] file = await File.ReadAllBytesAsync(Path, Stop);
        if (damage == "half")
            file = file[..(file.Length / 2)];
        else
            file.AsSpan(damage == "header" ? 0 : 4096 * 3, 64).Fill(0x55);
        await File.WriteAllBytesAsync(Path, file, Stop);

        await using SqliteStore torn = new(new SqliteStoreOptions(Path) { CheckOnOpen = true }, TimeProvider.System);
        StoreResult<StoreIdentity> result = await torn.OpenAsync(Stop);

        Assert.Equal(StoreStatus.Corrupt, result.Status);
        Assert.Contains(Path, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_another_program_writes_to_is_unavailable_and_then_works_again()
    {
        await using SqliteStore store = new(
            new SqliteStoreOptions(Path) { BusyTimeout = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        await using SqliteConnection other = new($"Data Source={Path};Pooling=False");
        await other.OpenAsync(Stop);
        await using (SqliteTransaction theirs = other.BeginTransaction())
        {
            Assert.Equal(StoreStatus.Unavailable, (await AppendAsync(store, identity, zone, 0)).Status);
            Assert.True((await store.Zones.FindAsync(zone, Stop)).IsDone);
        }

        Assert.True((await AppendAsync(store, identity, zone, 0)).IsDone);
    }

    [Fact]
    public async Task Zones_that_are_asked_for_while_the_store_is_away_hear_it_at_once_and_are_entered_later()
    {
        const int Zones = 200;
        await using SqliteStore store = new(
            new SqliteStoreOptions(Path) { BusyTimeout = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);
        await OpenAsync(store);
        await using SqliteConnection other = new($"Data Source={Path};Pooling=False");
        await other.OpenAsync(Stop);
        await using (SqliteTransaction theirs = other.BeginTransaction())
        {
            StoreResult<StoredZone>[] away = await AskAsync();
            Assert.All(away, result => Assert.Equal(StoreStatus.Unavailable, result.Status));
            Assert.True((await store.Zones.GetOrAddAsync(Zone, Stop)).IsDone); // It is known: nothing is to be written.
        }

        Assert.Equal(Zones, (await AskAsync()).Select(result => result.Value!.Head.ZoneId).Distinct().Count());

        Task<StoreResult<StoredZone>[]> AskAsync() => Task.WhenAll(Enumerable.Range(0, Zones).Select(at =>
            store.Zones.GetOrAddAsync(new ZoneKey(DomainName.Parse($"z{at}.example."), RecordClass.In, "_default"), Stop).AsTask()));
    }

    [Fact]
    public async Task Folder_that_is_missing_is_told_with_the_path()
    {
        await using SqliteStore store = new(new SqliteStoreOptions("/nonexistent/journal.db"), TimeProvider.System);

        StoreResult<StoreIdentity> result = await store.OpenAsync(Stop);

        Assert.Equal(StoreStatus.Unavailable, result.Status);
        Assert.Contains("/nonexistent/journal.db", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_was_closed_is_unavailable()
    {
        SqliteStore store = new(new SqliteStoreOptions(Path), TimeProvider.System);
        (StoreIdentity identity, long zone) = await OpenAsync(store);
        await store.DisposeAsync();

        Assert.Equal(StoreStatus.Unavailable, (await AppendAsync(store, identity, zone, 0)).Status);
        Assert.Equal(StoreStatus.Unavailable, (await store.Zones.ListAsync(Stop)).Status);
    }

    [Theory]
    [InlineData(13, 13, false, StoreStatus.DiskFull)]
    [InlineData(13, 13, true, StoreStatus.DiskFull)]
    [InlineData(10, 1034, false, StoreStatus.Unavailable)]
    [InlineData(10, 1034, true, StoreStatus.UnknownOutcome)] // The sync failed.
    [InlineData(10, 4874, false, StoreStatus.DiskFull)] // No room for the shared memory.
    [InlineData(5, 5, true, StoreStatus.Unavailable)]
    [InlineData(6, 6, false, StoreStatus.Unavailable)]
    [InlineData(11, 11, false, StoreStatus.Corrupt)]
    [InlineData(26, 26, false, StoreStatus.Corrupt)]
    [InlineData(19, 1555, false, StoreStatus.Corrupt)]
    [InlineData(8, 8, false, StoreStatus.Refused)]
    [InlineData(14, 14, false, StoreStatus.Unavailable)]
    [InlineData(1, 1, false, StoreStatus.Refused)]
    public void Result_code_has_one_meaning(int code, int extendedCode, bool isCommitting, StoreStatus expected) =>
        Assert.Equal(expected, SqliteErrors.StatusOf(code, extendedCode, isCommitting));

    private static ZoneKey Zone => new(DomainName.Parse("example."), RecordClass.In, "_default");

    private static async Task<(StoreIdentity Identity, long Zone)> OpenAsync(SqliteStore store)
    {
        StoreResult<StoreIdentity> opened = await store.OpenAsync(Stop);
        Assert.True(opened.IsDone, opened.ToString());
        return (opened.Value, (await store.Zones.GetOrAddAsync(Zone, Stop)).Value!.Head.ZoneId);
    }

    private static ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(
        SqliteStore store, StoreIdentity identity, long zone, long version) =>
        store.Journal.AppendAsync(
            new AppendGroup(Guid.NewGuid(), identity.Epoch, [new ZoneAppend(zone, version, [.. Enumerable.Range(1, EntriesPerGroup)
                .Select(step => Sample.Entry((uint)(version + step), wireBytes: 500))])]),
            Stop);

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, Stop);
        return content;
    }
}
