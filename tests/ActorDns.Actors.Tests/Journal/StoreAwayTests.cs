using ActorDns.Actors.Zones;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Processes;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>A store that cannot be used at start, and one that can again.</summary>
public sealed class StoreAwayTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dynamic_zone_is_not_served_from_an_old_file_and_comes_with_its_store()
    {
        await using (JournaledZone before = new(_folder))
        {
            await before.LoadAsync();
            Assert.Equal(Rcode.NoError, await before.UpdateAsync("add www 60 192.0.2.80"));
        }

        byte[] content = await File.ReadAllBytesAsync(_folder["journal.db"], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder["journal.db"], "no database", TestContext.Current.CancellationToken);
        await using JournaledZone zone = new(_folder);
        ZoneLoadOutcome refused = await zone.LoadAsync();
        Assert.False(refused.IsLoaded);
        Assert.Contains("its content is in the journal", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
        Assert.Null(zone.Published.Current);
        Assert.Equal(Rcode.ServFail, await zone.UpdateAsync("add more 60 192.0.2.80"));

        await File.WriteAllBytesAsync(_folder["journal.db"], content, TestContext.Current.CancellationToken);
        while (zone.Published.Current is null)
        {
            zone.Clock.Advance(TimeSpan.FromSeconds(5));
            await zone.Actor.FlushAsync();
        }

        Assert.Equal(2u, zone.Serial);
        Assert.Equal(Rcode.NoError, await zone.UpdateAsync("add more 60 192.0.2.80"));
    }

    [Fact]
    public async Task Zone_that_is_withdrawn_while_a_change_is_on_its_way_ends_in_order()
    {
        await using JournaledZone zone = new(_folder);
        await zone.LoadAsync();
        Task<Rcode>[] answers = [.. Enumerable.Range(0, 20).Select(i => zone.UpdateAsync($"add h{i} 60 192.0.2.1"))];
        Assert.True(await zone.Actor.AskAsync<bool>(
            done => new ZoneCommand.Withdraw(done), JournaledZone.Deadline, TestContext.Current.CancellationToken));
        Rcode[] rcodes = await Task.WhenAll(answers);
        Assert.All(rcodes, rcode => Assert.True(rcode == Rcode.NoError || rcode == Rcode.ServFail));
        Assert.Null(zone.Published.Current);
    }
}
