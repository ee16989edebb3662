using ActorDns.Actors.Journal;
using ActorDns.Actors.Zones;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>Refusals on their way into the store: nobody waits for them, and a flood costs a bounded number of rows.</summary>
public sealed class RefusalLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Refused_update_is_kept_with_its_records_and_the_rule_that_decided()
    {
        await using JournaledZone zone = await StartAsync();
        zone.Actor.Tell(new ZoneCommand.Configure(zone.Settings with
        {
            Updates = new UpdateSettings { Policy = new UpdatePolicy([]) },
        }));
        Assert.Equal(Rcode.Refused, await zone.UpdateAsync("add www 60 192.0.2.80", "delete mail"));
        await WriteAsync(zone);

        Refusal refusal = Assert.Single(await KeptAsync(zone));
        Assert.Equal(("update", "example.", "127.0.0.1#4711", "node1", "REFUSED"),
            (refusal.Operation, refusal.Zone, refusal.Peer, refusal.Node, refusal.Answer));
        Assert.Equal("www.example/A: update-policy: no rule matched", refusal.Rule);
        Assert.Equal("+www.example. 60 IN A 192.0.2.80\n-mail.example. 0 ANY A\n", refusal.Content);
    }

    [Fact]
    public async Task Update_that_fails_by_its_prerequisites_is_no_refusal()
    {
        await using JournaledZone zone = await StartAsync();
        Assert.Equal(Rcode.YxDomain, await zone.UpdateAsync("absent ns1", "add www 60 192.0.2.80"));
        await WriteAsync(zone);
        Assert.Empty(await KeptAsync(zone));
    }

    [Fact]
    public async Task Flood_is_kept_up_to_its_places_which_come_back_when_they_are_written()
    {
        await using JournaledZone zone = await StartAsync();
        int taken = 0;
        for (int i = 0; i < 10 * RefusalLog.CapacityRefusals; i++)
            taken += Offer(zone, i) ? 1 : 0;
        Assert.Equal(RefusalLog.CapacityRefusals, taken);
        await WriteAsync(zone);
        Assert.Equal(taken, (await KeptAsync(zone)).Count);
        Assert.True(Offer(zone, taken));
    }

    [Fact]
    public async Task What_waits_is_written_when_the_node_stops()
    {
        await using (JournaledZone zone = await StartAsync())
        {
            Assert.True(Offer(zone, 1));
            await zone.Refusals.Recorder.FlushAsync();
        }

        await using JournaledZone again = await StartAsync();
        Assert.Single(await KeptAsync(again));
    }

    private static bool Offer(JournaledZone zone, int number)
    {
        if (!zone.Refusals.TryReserve())
            return false;
        zone.Refusals.Add(
            new Refusal
            {
                Time = zone.Refusals.Now,
                Node = "node1",
                Operation = "transfer",
                Zone = "example.",
                Peer = $"192.0.2.1#{number}",
                Answer = "REFUSED",
                Rule = "allow-transfer: none",
            },
            default);
        return true;
    }

    private static async Task WriteAsync(JournaledZone zone)
    {
        await zone.Refusals.Recorder.FlushAsync();
        zone.Clock.Advance(TimeSpan.FromSeconds(1));
        await zone.Refusals.Recorder.FlushAsync();
    }

    private static async Task<IReadOnlyList<Refusal>> KeptAsync(JournaledZone zone)
    {
        StoreResult<IReadOnlyList<Refusal>> found = await zone.Store.Refusals.SearchAsync(
            new RefusalFilter { LimitEntries = int.MaxValue }, TestContext.Current.CancellationToken);
        Assert.True(found.IsDone, found.ToString());
        return found.Value;
    }

    private async Task<JournaledZone> StartAsync()
    {
        JournaledZone zone = new(_folder);
        Assert.True((await zone.LoadAsync()).IsLoaded);
        return zone;
    }
}
