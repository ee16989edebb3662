using ActorDns.Actors.Zones;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>Two nodes with one zone in one PostgreSQL: the head arbitrates, nothing is lost, nothing is applied twice (ARCHITECTURE §5).</summary>
public sealed class SharedStoreTests(PostgreSqlFixture fixture) : IAsyncLifetime
{
    private static readonly int Rounds = TestSize.Pick(10, 40, 500);
    private readonly TempFolder _folder = new();
    private PostgreSqlServer _server = null!;
    private string _connection = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await fixture.ServerAsync();
        _connection = await _server.CreateDatabaseAsync();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Nodes_that_race_on_a_zone_lose_no_update_and_give_no_serial_twice()
    {
        await using JournaledZone first = await StartAsync("node1");
        await using JournaledZone second = await StartAsync("node2");
        for (int round = 0; round < Rounds; round++)
        {
            Rcode[] rcodes = await Task.WhenAll(
                first.UpdateAsync($"add one{round} 60 192.0.2.1"),
                second.UpdateAsync($"add two{round} 60 192.0.2.2"),
                first.UpdateAsync($"add three{round} 60 192.0.2.3", $"add four{round} 60 192.0.2.4"));
            Assert.All(rcodes, rcode => Assert.Equal(Rcode.NoError, rcode));
        }

        // Each of them comes to the head with its next change; a third one reads what the store has.
        Assert.Equal(Rcode.NoError, await first.UpdateAsync("add last1 60 192.0.2.1"));
        Assert.Equal(Rcode.NoError, await second.UpdateAsync("add last2 60 192.0.2.2"));
        await using JournaledZone third = await StartAsync("node3");
        Assert.Equal((uint)(3 * Rounds) + 3, second.Serial);
        Assert.Equal(second.Serial - 1, first.Serial);
        Assert.Equal(second.Serial, third.Serial);
        foreach (string name in (string[])["one", "two", "three", "four"])
            Assert.All(Enumerable.Range(0, Rounds), round => Assert.True(second.Has(name + round) && third.Has(name + round), $"{name}{round}"));

        IReadOnlyList<StoredEntry> entries = await EntriesAsync(first);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Entry.SerialTo).Distinct().Count());
        Assert.Equal(["node1", "node2"], entries.Select(entry => entry.Entry.Node).Distinct().Order());
        Evidence.Add("two nodes racing on one zone in PostgreSQL", $"{entries.Count} entries by both, serials without gap or repetition, no update lost");
    }

    [Fact]
    public async Task Only_one_of_two_nodes_has_its_prerequisite_met()
    {
        await using JournaledZone first = await StartAsync("node1");
        await using JournaledZone second = await StartAsync("node2");
        for (int round = 0; round < Rounds; round++)
        {
            Rcode[] rcodes = await Task.WhenAll(
                first.UpdateAsync($"absent once{round}", $"add once{round} 60 192.0.2.1"),
                second.UpdateAsync($"absent once{round}", $"add once{round} 60 192.0.2.2"));
            Assert.Equal(1, rcodes.Count(rcode => rcode == Rcode.NoError));
            Assert.Equal(1, rcodes.Count(rcode => rcode == Rcode.YxDomain));
        }
    }

    [Fact]
    public async Task Update_sent_to_both_nodes_is_applied_once_and_answered_the_same()
    {
        await using JournaledZone first = await StartAsync("node1");
        await using JournaledZone second = await StartAsync("node2");
        for (int round = 0; round < Rounds; round++)
        {
            byte[] message = UpdateMessages.Of($"absent twice{round}", $"add twice{round} 60 192.0.2.1");
            UpdateSignature signature = new("key.example", BitConverter.GetBytes(round), TimeProvider.System.GetUtcNow().AddMinutes(5));
            Rcode[] rcodes = await Task.WhenAll(first.SendAsync(message, signature), second.SendAsync(message, signature));
            Assert.All(rcodes, rcode => Assert.Equal(Rcode.NoError, rcode));
        }

        Assert.Equal(Rounds, (await EntriesAsync(first)).Count(entry => !entry.Entry.IsBaseline));
    }

    [Theory]
    [InlineData(CommitCut.BeforeClient)]
    [InlineData(CommitCut.BeforeServer)]
    public async Task Commit_whose_answer_is_lost_is_found_or_made_again_and_acknowledged_once(CommitCut cut)
    {
        await using CommitCutter between = new(_server.SocketFolder);
        string database = _connection.Split("Database=")[1];
        await using JournaledZone zone = await StartAsync("node1", PostgreSqlServer.ConnectionString(between.SocketFolder, database));
        for (int round = 1; round <= 3; round++)
        {
            between.Next = cut;
            Assert.Equal(Rcode.NoError, await zone.UpdateAsync($"absent cut{round}", $"add cut{round} 60 192.0.2.1"));
            Assert.Equal(round, between.Cuts);
            Assert.Equal((uint)round + 1, zone.Serial);
            Assert.True(zone.Has($"cut{round}"));
        }

        Assert.Equal(3, (await EntriesAsync(zone)).Count(entry => !entry.Entry.IsBaseline));
    }

    private static async Task<IReadOnlyList<StoredEntry>> EntriesAsync(JournaledZone zone)
    {
        StoreResult<IReadOnlyList<StoredEntry>> found = await zone.Store.Journal.ReadAfterAsync(
            zone.Place.Head.ZoneId, 0, int.MaxValue, long.MaxValue, Stop);
        Assert.True(found.IsDone, found.ToString());
        Serial? before = null;
        foreach (StoredEntry entry in found.Value)
        {
            Assert.Equal(before, entry.Entry.SerialFrom);
            before = entry.Entry.SerialTo;
        }

        return found.Value;
    }

    private async Task<JournaledZone> StartAsync(string node, string? connection = null)
    {
        JournaledZone zone = new(_folder, node, connection ?? _connection);
        ZoneLoadOutcome loaded = await zone.LoadAsync();
        Assert.True(loaded.IsLoaded, string.Join('\n', loaded.Problems));
        await zone.Actor.FlushAsync();
        return zone;
    }
}
