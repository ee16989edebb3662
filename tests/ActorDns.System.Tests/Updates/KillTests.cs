using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>
/// The server is killed at random moments of a flood of signed updates, and started again: every acknowledged update is there, none is
/// there by half, and no serial that a query has seen is taken back (ARCHITECTURE §4, §5.3).
/// </summary>
public sealed class KillTests
{
    private static readonly int Rounds = TestSize.Pick(2, 5, 50);

    [Fact]
    public async Task Killed_server_has_every_acknowledged_update_whole_with_SQLite()
    {
        using TempFolder folder = new();
        await KillInRoundsAsync(folder, "SQLite");
    }

    [Fact]
    public async Task Killed_server_has_every_acknowledged_update_whole_with_PostgreSQL()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        using TempFolder folder = new();
        StoreFile.WritePostgreSql(folder, await database.CreateDatabaseAsync());
        await KillInRoundsAsync(folder, "PostgreSQL");
    }

    private static async Task KillInRoundsAsync(TempFolder folder, string store)
    {
        folder.Write("example.db", DynamicZone.Text(DynamicZone.FirstSerial));
        NamedConf conf = new NamedConf().Key(DynamicZone.Key).Primary(
            DynamicZone.Zone, "example.db", $"allow-update {{ key \"{DynamicZone.Key.Name}\"; }}; allow-transfer {{ any; }};");
        HashSet<string> acknowledged = [];
        uint serial = DynamicZone.FirstSerial;
        int port = FreePorts.Take();
        int seen = 0;
        for (int round = 0; round < Rounds; round++)
        {
            await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, conf, ServerKind.ActorDns, port);
            serial = await CheckAsync(server, acknowledged, serial);
            SerialWatch watch = new(server);
            await using AcknowledgedUpdates updates = new(server, $"r{round}");
            await updates.Start(Random.Shared.Next(1, 400)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            server.Process.Kill();
            await server.Process.WaitForExitAsync();
            await updates.StopAsync();
            await watch.WaitAsync();
            Assert.Empty(updates.Refused);
            seen += watch.Versions;
            serial = Math.Max(serial, watch.Newest);
            acknowledged.UnionWith(updates.Owners);
        }

        await using ServerUnderTest last = await ServerUnderTest.StartAsync(folder, conf, ServerKind.ActorDns, port);
        uint end = await CheckAsync(last, acknowledged, serial);
        Assert.NotEqual(0, seen);
        Evidence.Add(
            $"kill -9 under signed updates, {store}",
            $"{Rounds} rounds, {acknowledged.Count} acknowledged updates of {AcknowledgedUpdates.RecordsPerUpdate} records, all there and whole; {seen} versions seen by queries, none taken back, serial {end}");
    }

    /// <summary>Reads the zone, compares it with what was acknowledged, and returns its serial.</summary>
    private static async Task<uint> CheckAsync(ServerUnderTest server, HashSet<string> acknowledged, uint atLeast)
    {
        string[] records = await ZoneReader.ReadAsync(server.EndPoint, DynamicZone.Zone);
        uint serial = uint.Parse(records.Single(record => record.Contains(" soa ", StringComparison.Ordinal)).Split(' ')[6], CultureInfo.InvariantCulture);
        Dictionary<string, int> updates = records
            .Where(record => record.StartsWith('r') && record.Contains(" a ", StringComparison.Ordinal))
            .GroupBy(record => record.Split(' ')[0])
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Empty(acknowledged.Except(updates.Keys));
        Assert.All(updates, update => Assert.Equal(AcknowledgedUpdates.RecordsPerUpdate, update.Value));
        Assert.True(serial >= atLeast, $"serial {serial} after {atLeast}");
        Assert.Equal(DynamicZone.FirstSerial + (uint)updates.Count, serial); // One step for each update, whoever knows of it.
        return serial;
    }
}
