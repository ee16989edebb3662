using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Updates;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Lifecycle;

/// <summary>
/// TERM in the middle of a flood of signed updates, half of them over UDP: what was taken is answered, what is not taken is told so, and
/// nothing is applied behind a client's back.
/// </summary>
public sealed class UpdateDrainTests
{
    private static readonly int Rounds = TestSize.Pick(2, 3, 20);

    [Fact]
    public async Task Updates_that_are_there_after_TERM_are_those_that_were_acknowledged_with_SQLite()
    {
        using TempFolder folder = new();
        await StopInRoundsAsync(folder, "SQLite");
    }

    [Fact]
    public async Task Updates_that_are_there_after_TERM_are_those_that_were_acknowledged_with_PostgreSQL()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        using TempFolder folder = new();
        StoreFile.WritePostgreSql(folder, await database.CreateDatabaseAsync());
        await StopInRoundsAsync(folder, "PostgreSQL");
    }

    private static async Task StopInRoundsAsync(TempFolder folder, string store)
    {
        folder.Write("example.db", DynamicZone.Text(DynamicZone.FirstSerial));
        NamedConf conf = new NamedConf().Key(DynamicZone.Key).Primary(
            DynamicZone.Zone, "example.db", $"allow-update {{ key \"{DynamicZone.Key.Name}\"; }}; allow-transfer {{ any; }};");
        HashSet<string> acknowledged = [];
        int refused = 0;
        int port = FreePorts.Take();
        for (int round = 0; round < Rounds; round++)
        {
            await using ServerUnderTest server = await ServerUnderTest.StartAsync(folder, conf, ServerKind.ActorDns, port);
            await AssertHoldsAsync(server, acknowledged);
            await using AcknowledgedUpdates updates = new(server, $"r{round}");
            await updates.Start(100).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            server.Process.Terminate();
            Assert.Equal(0, await server.Process.WaitForExitAsync());
            Assert.DoesNotContain(server.Process.Lines, static line => line.Contains("get no answer", StringComparison.Ordinal));
            await updates.StopAsync();
            Assert.All(updates.Refused, static rcode => Assert.Equal(Rcode.ServFail, rcode));
            refused += updates.Refused.Count;
            acknowledged.UnionWith(updates.Owners);
        }

        await using ServerUnderTest last = await ServerUnderTest.StartAsync(folder, conf, ServerKind.ActorDns, port);
        await AssertHoldsAsync(last, acknowledged);
        Evidence.Add(
            $"TERM under signed updates, {store}",
            $"{Rounds} rounds, {acknowledged.Count} acknowledged updates, exactly these are there; {refused} were told SERVFAIL while the server stopped");
    }

    /// <summary>No more and no less than what was acknowledged, each whole.</summary>
    private static async Task AssertHoldsAsync(ServerUnderTest server, HashSet<string> acknowledged)
    {
        string[] records = await ZoneReader.ReadAsync(server.EndPoint, DynamicZone.Zone);
        Dictionary<string, int> updates = records
            .Where(static record => record.StartsWith('r') && record.Contains(" a ", StringComparison.Ordinal))
            .GroupBy(static record => record.Split(' ')[0])
            .ToDictionary(static group => group.Key, static group => group.Count());
        Assert.Empty(acknowledged.Except(updates.Keys));
        Assert.Empty(updates.Keys.Except(acknowledged));
        Assert.All(updates, static update => Assert.Equal(AcknowledgedUpdates.RecordsPerUpdate, update.Value));
    }
}
