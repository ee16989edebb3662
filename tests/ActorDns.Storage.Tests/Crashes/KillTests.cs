using System.Globalization;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Tests.Contracts;
using ActorDns.Storage.Tests.PostgreSql;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.Storage.Tests.Crashes;

/// <summary>A process that appends is killed at any moment: what it acknowledged is there, and no group is there by half.</summary>
public sealed class KillTests(PostgreSqlFixture fixture)
{
    private static readonly int Rounds = TestSize.Pick(fast: 2, normal: 4, @long: 50);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_keeps_every_acknowledged_group_whole_when_its_process_is_killed()
    {
        using TempFolder folder = new();
        await KillInRoundsAsync("sqlite", folder["journal.db"]);
    }

    [Fact]
    public async Task PostgreSql_keeps_every_acknowledged_group_whole_when_its_client_is_killed() =>
        await KillInRoundsAsync("postgresql", await (await fixture.ServerAsync()).CreateDatabaseAsync());

    [Fact]
    public async Task PostgreSql_keeps_every_acknowledged_group_whole_when_the_server_crashes()
    {
        await using PostgreSqlServer server = await PostgreSqlServer.StartAsync();
        string place = await server.CreateDatabaseAsync();
        HashSet<string> acknowledged = [];
        for (int round = 0; round < Math.Max(2, Rounds / 2); round++)
        {
            await using ChildProcess child = Appender.Start("postgresql", place, 0);
            await child.WaitForLineAsync("ack", 20);
            await server.StopAsync("immediate");
            Assert.Equal(1, await child.WaitForExitAsync());
            acknowledged.UnionWith(Acknowledgements(child));
            await server.StartAgainAsync();
            await CheckAsync("postgresql", place, acknowledged);
        }
    }

    private static async Task KillInRoundsAsync(string kind, string place)
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        HashSet<string> acknowledged = [];
        for (int round = 0; round < Rounds; round++)
        {
            await using ChildProcess child = Appender.Start(kind, place, 0);
            await child.WaitForLineAsync("ack", random.Next(1, 60));
            child.Kill();
            await child.WaitForExitAsync();
            acknowledged.UnionWith(Acknowledgements(child));
            await CheckAsync(kind, place, acknowledged);
        }
    }

    /// <summary>Whole lines only: the last one may have been cut off.</summary>
    private static IEnumerable<string> Acknowledgements(ChildProcess child) => child.Lines.Where(line =>
        line.Split(' ') is ["ack", _, _, { Length: 36 }]);

    private static async Task CheckAsync(string kind, string place, HashSet<string> acknowledged)
    {
        Assert.NotEmpty(acknowledged);
        await using IJournalStore store = Appender.Open(kind, place);
        Assert.True((await store.OpenAsync(Stop)).IsDone);
        List<StoredEntry> all = [];
        foreach (StoredZone zone in (await store.Zones.ListAsync(Stop)).Value!)
        {
            IReadOnlyList<StoredEntry> line = (await store.Journal.ReadAfterAsync(
                zone.Head.ZoneId, 0, int.MaxValue, long.MaxValue, Stop)).Value!;
            Assert.Equal(zone.Head.Version, line.Count);
            Assert.Equal(zone.Head.Serial, line.Count > 0 ? line[^1].Entry.SerialTo : null);
            all.AddRange(line);
        }

        Assert.All(
            all.GroupBy(entry => entry.CommitId), group => Assert.Equal(Appender.EntriesPerZone * Appender.ZoneCount, group.Count()));
        Assert.All(all, entry => Assert.Equal(
            Sample.Entry(entry.Entry.SerialFrom!.Value.Value).Wire.ToArray(), entry.Entry.Wire.ToArray()));
        HashSet<string> stored = [.. all.Select(entry => string.Create(
            CultureInfo.InvariantCulture, $"ack {entry.ZoneId} {entry.Version} {entry.CommitId:D}"))];
        Assert.Empty(acknowledged.Except(stored));
    }
}
