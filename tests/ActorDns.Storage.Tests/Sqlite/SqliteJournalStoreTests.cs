using System.Runtime.Versioning;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sql;
using ActorDns.Storage.Sqlite;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Testing.Processes;

namespace ActorDns.Storage.Tests.Sqlite;

public sealed class SqliteJournalStoreTests : JournalStoreContract
{
    private readonly TempFolder _folder = new();

    private string Path { get; set; } = "";

    protected override ValueTask PrepareAsync()
    {
        Path = _folder["journal.db"];
        return ValueTask.CompletedTask;
    }

    protected override ValueTask CleanAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IJournalStore Create(int lastMigration) => new SqliteStore(
        new SqliteStoreOptions(Path) { RefusalCapacityRows = RefusalCapacity, BusyTimeout = TimeSpan.FromSeconds(30) },
        TimeProvider.System,
        lastMigration);

    private protected override SqlBackend CreateBackend() => new SqliteBackend(new SqliteStoreOptions(Path), TimeProvider.System);

    protected override string Literal(ReadOnlyMemory<byte> octets) => $"X'{Convert.ToHexString(octets.Span)}'";

    protected override async Task<string> SqlAsync(string sql) => (await Tool.RunAsync("sqlite3", Path, sql)).OrThrow().Output.Trim();

    protected override async ValueTask StartEmptyAsync()
    {
        // The store has its file open: the tables are dropped in it instead of the file.
        string drop = await SqlAsync(
            "SELECT 'DROP ' || type || ' ' || name || ';' FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'");
        await SqlAsync(drop);
    }

    [Fact]
    public async Task Journal_is_read_with_sqlite3()
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(zone, 0, [Sample.Entry(1), Sample.Entry(2)]));

        string output = await SqlAsync(OperatorQuery);

        Assert.Equal(
            """
            2026-11-20T09:14:05.000000Z|example.|terraform.|192.0.2.7#51514|2|3|update|+host2.example. 300 IN A 192.0.2.1

            2026-11-20T09:14:04.000000Z|example.|terraform.|192.0.2.7#51514|1|2|update|+host1.example. 300 IN A 192.0.2.1
            """,
            output);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void File_and_its_companions_are_for_their_owner_only()
    {
        foreach (string file in (string[])[Path, Path + "-wal", Path + "-shm"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }
}
