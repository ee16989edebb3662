using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>The store goes away under a server that runs, and comes back (ARCHITECTURE §8): SERVFAIL, queries answered, recovery by itself.</summary>
public sealed class FaultTests
{
    private const string StoreFails = "journal: the store takes no changes";
    private const string StoreIsBack = "journal: the store takes changes again";

    private const int RecordsPerUpdate = 40;

    /// <summary>Well above the server's own limit of 10 s; the point is that there is a limit.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Full_disk_is_servfail_until_there_is_room_again()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("only root may mount a file system of limited size");
        using SmallDisk disk = await SmallDisk.MountAsync("1m");
        await using DynamicZone zone = await DynamicZone.StartAsync(
            ServerKind.ActorDns, prepare: folder => StoreFile.WriteSqlite(folder, Path.Combine(disk.Folder, "actordns.db")));
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);
        int acknowledged = 0;
        while (await UpdateAsync(client, $"big{acknowledged}") == "NOERROR")
            acknowledged++;

        string line = await zone.Server.Process.WaitForLineAsync(StoreFails);
        Assert.Contains("DiskFull", line, StringComparison.Ordinal);
        Assert.Equal("SERVFAIL", await UpdateAsync(client, "refused"));
        await AssertHoldsAsync(zone, acknowledged);

        int seen = zone.Server.Process.Lines.Length;
        await disk.ResizeAsync("64m");
        Assert.Equal("NOERROR", await UpdateAsync(client, $"big{acknowledged}"));
        await zone.Server.Process.WaitForLineAsync(StoreIsBack, seen);
        await AssertHoldsAsync(zone, acknowledged + 1);
        Evidence.Add("disk full", $"{acknowledged} updates until it was, SERVFAIL then, queries and transfers answered, updates again without a restart");
    }

    [Fact]
    public async Task Database_that_is_stopped_is_servfail_in_bounded_time_and_then_works_again()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        string connection = await database.CreateDatabaseAsync();
        await using DynamicZone zone = await DynamicZone.StartAsync(
            ServerKind.ActorDns, prepare: folder => StoreFile.WritePostgreSql(folder, connection));
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);
        Assert.Equal("NOERROR", await UpdateAsync(client, "big0"));
        int rounds = TestSize.Pick(1, 2, 10);
        for (int round = 1; round <= rounds; round++)
        {
            int seen = zone.Server.Process.Lines.Length;
            await database.StopAsync(round % 2 == 0 ? "fast" : "immediate");
            Assert.Equal("SERVFAIL", await UpdateAsync(client, "refused").WaitAsync(Bound, TestContext.Current.CancellationToken));
            await zone.Server.Process.WaitForLineAsync(StoreFails, seen);
            await AssertHoldsAsync(zone, round);

            await database.StartAgainAsync();
            Assert.Equal("NOERROR", await UpdateAsync(client, $"big{round}").WaitAsync(Bound, TestContext.Current.CancellationToken));
            await zone.Server.Process.WaitForLineAsync(StoreIsBack, seen);
        }

        await AssertHoldsAsync(zone, rounds + 1);
        Evidence.Add("PostgreSQL stopped and started", $"{rounds} times: SERVFAIL in bounded time, queries answered, updates again by itself");
    }

    [Fact]
    public async Task Database_that_comes_after_the_server_is_used_as_soon_as_it_is_there()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        string connection = await database.CreateDatabaseAsync();
        await database.StopAsync();
        await using DynamicZone zone = await DynamicZone.StartAsync(
            ServerKind.ActorDns, prepare: folder => StoreFile.WritePostgreSql(folder, connection));
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);
        Assert.Equal("SERVFAIL", await UpdateAsync(client, "refused").WaitAsync(Bound, TestContext.Current.CancellationToken));
        await database.StartAgainAsync();
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(100));
        using CancellationTokenSource late = new(Bound);
        while (await UpdateAsync(client, "big0") != "NOERROR")
            await pace.WaitForNextTickAsync(late.Token);
        await AssertHoldsAsync(zone, 1);
    }

    [Fact]
    public async Task Database_that_hangs_is_servfail_in_bounded_time_and_then_works_again()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        string connection = await database.CreateDatabaseAsync();
        await using DynamicZone zone = await DynamicZone.StartAsync(
            ServerKind.ActorDns, prepare: folder => StoreFile.WritePostgreSql(folder, connection));
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);
        Assert.Equal("NOERROR", await UpdateAsync(client, "big0"));
        database.Freeze();
        Assert.Equal("SERVFAIL", await UpdateAsync(client, "late").WaitAsync(Bound, TestContext.Current.CancellationToken));
        await AssertHoldsAsync(zone, 1);

        database.Thaw();
        using CancellationTokenSource tooLate = new(Bound);
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(100));
        while (await UpdateAsync(client, "big1") != "NOERROR")
            await pace.WaitForNextTickAsync(tooLate.Token);

        // The one whose outcome nobody knew is there, whole, or not at all.
        string[] records = await ZoneReader.ReadAsync(zone.Server.EndPoint, DynamicZone.Zone);
        int late = records.Count(record => record.StartsWith("late.", StringComparison.Ordinal));
        Assert.Contains(late, new[] { 0, RecordsPerUpdate });
        Assert.Equal(DynamicZone.FirstSerial + 2 + (late > 0 ? 1u : 0), await zone.SerialAsync());
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    public async Task Database_that_forgets_is_not_used_and_the_reason_is_said(string setting)
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync($"{setting}=off");
        string connection = await database.CreateDatabaseAsync();
        await using DynamicZone zone = await DynamicZone.StartAsync(
            ServerKind.ActorDns, prepare: folder => StoreFile.WritePostgreSql(folder, connection));
        await zone.Server.Process.WaitForLineAsync($"PostgreSQL has {setting} = off and forgets acknowledged changes");
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);
        Assert.Equal("SERVFAIL", await UpdateAsync(client, "refused"));

        // What the zone has may be in that database: an older file is not served in its place.
        ToolResult dig = (await zone.Server.DigAsync(DynamicZone.Zone, "SOA")).OrThrow();
        Assert.Contains("status: SERVFAIL", dig.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_another_program_writes_to_is_servfail_until_it_has_ended()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync(ServerKind.ActorDns);
        using SignedClient client = await SignedClient.ConnectTcpAsync(zone.Server.EndPoint, DynamicZone.Key);
        Assert.Equal("NOERROR", await UpdateAsync(client, "big0"));
        string store = Path.Combine(zone.Folder.FullPath, "actordns.db");
        await using (SqliteShell other = await SqliteShell.LockAsync(store))
        {
            Assert.Equal("SERVFAIL", await UpdateAsync(client, "refused").WaitAsync(Bound, TestContext.Current.CancellationToken));
            await AssertHoldsAsync(zone, 1);
        }

        Assert.Equal("NOERROR", await UpdateAsync(client, "big1"));
        await AssertHoldsAsync(zone, 2);
    }

    [Fact]
    public async Task Second_server_on_the_same_store_takes_no_updates_and_disturbs_the_first_one_not()
    {
        await using DynamicZone first = await DynamicZone.StartAsync(ServerKind.ActorDns);
        string store = Path.Combine(first.Folder.FullPath, "actordns.db");
        await using DynamicZone second = await DynamicZone.StartAsync(
            ServerKind.ActorDns, prepare: folder => StoreFile.WriteSqlite(folder, store));
        Assert.Contains(second.Server.Process.Lines, line => line.Contains($"journal: {store} cannot be used", StringComparison.Ordinal));
        using SignedClient toFirst = await SignedClient.ConnectTcpAsync(first.Server.EndPoint, DynamicZone.Key);
        using SignedClient toSecond = await SignedClient.ConnectTcpAsync(second.Server.EndPoint, DynamicZone.Key);
        Assert.Equal("SERVFAIL", await UpdateAsync(toSecond, "refused"));
        Assert.Equal("NOERROR", await UpdateAsync(toFirst, "big0"));
        await AssertHoldsAsync(first, 1);
        await AssertHoldsAsync(second, 0);
    }

    private static async Task<string> UpdateAsync(SignedClient client, string name) =>
        $"{await client.UpdateAsync(DynamicZone.Zone, Enumerable.Range(0, RecordsPerUpdate).Select(i => $"add {name}.example. 60 TXT {new string((char)('a' + (i % 26)), 200)}{i}"))}";

    /// <summary>The server answers queries, and has the updates that it acknowledged and no other.</summary>
    private static async Task AssertHoldsAsync(DynamicZone zone, int updates)
    {
        string[] records = await ZoneReader.ReadAsync(zone.Server.EndPoint, DynamicZone.Zone);
        IEnumerable<string> names = records.Where(record => record.StartsWith("big", StringComparison.Ordinal) && record.Contains(" 60 ", StringComparison.Ordinal))
            .Select(record => record.Split('.')[0]).Distinct();
        Assert.Equal(Enumerable.Range(0, updates).Select(i => $"big{i}").Order(), names.Order());
        Assert.DoesNotContain(records, record => record.StartsWith("refused", StringComparison.Ordinal));
        Assert.Equal(DynamicZone.FirstSerial + (uint)updates, await zone.SerialAsync());
    }
}
